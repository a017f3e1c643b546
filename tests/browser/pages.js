// What a reader does with a page of a figure, done by a script; appended to a page by `run`, which reads the verdict.
"use strict";
window.addEventListener("load", () => setTimeout(() => {
  const failed = [];
  const check = (holds, what) => holds || failed.push(what);
  const near = (a, b, by) => Math.abs(a - b) <= by;
  try {
    const { output, controls, player, data } = window.secant;
    if (player) player.stop();
    const figure = output.slots[0].figure, panel = figure.panels[0], host = panel.host;
    const [l, t, r, b] = panel.box, frame = host.getBoundingClientRect();
    const at = (x, y) => ({ clientX: frame.left + x, clientY: frame.top + y, bubbles: true, cancelable: true, pointerId: 1, pointerType: "mouse" });
    const pointer = (kind, x, y, more = {}) => host.dispatchEvent(new PointerEvent(kind, { ...at(x, y), ...more }));
    const key = name => host.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
    const words = () => [...panel.above.querySelectorAll("text")].map(word => word.textContent);
    const middle = [(l + r) / 2, (t + b) / 2];
    check(panel.isHome, "the page begins with the view that is printed");
    check(words().length > 2, "axes have numbers");

    const before = panel.world(...middle), old = panel.zoom;
    host.dispatchEvent(new WheelEvent("wheel", { ...at(...middle), deltaY: -400 }));
    check(panel.zoom > 1.5 * old, "the wheel enlarges");
    check(near(panel.world(...middle)[0], before[0], 1), "what is under the pointer stays there");
    const zoomed = words();
    check(zoomed.length > 2 && new Set(zoomed).size > 2, `an enlarged view has numbers: ${zoomed}`);

    const start = panel.range(0)[0];
    pointer("pointerdown", ...middle);
    pointer("pointermove", middle[0] - 50, middle[1]);
    pointer("pointerup", middle[0] - 50, middle[1]);
    const moved = panel.range(0)[0] - start, width = panel.range(0)[1] - panel.range(0)[0];
    check(near(moved, 50 * width / (r - l), 1e-3 * width), `dragging moves by as much as the pointer: ${moved}`);
    figure.buttons.reset.click();
    check(panel.isHome, "reset leads back");

    for (let i = 0; i < 60; i++) figure.buttons.in.click();
    check(panel.zoom <= 121, `there is an end to enlarging: ${panel.zoom}`);
    check(new Set(words()).size > 2, `numbers differ when far enlarged: ${words()}`);
    for (let i = 0; i < 80; i++) figure.buttons.out.click();
    check(panel.zoom > 0.3 && panel.zoom <= 1, `there is an end to shrinking: ${panel.zoom}`);
    key("0");
    check(panel.isHome, "the key 0 leads back");
    key("+");
    check(panel.zoom > 1, "the key + enlarges");
    const left = panel.range(0)[0];
    key("ArrowRight");
    check(panel.range(0)[0] > left, "arrows move");
    key("Home");

    // Two fingers.
    pointer("pointerdown", middle[0] - 40, middle[1], { pointerId: 2, pointerType: "touch" });
    pointer("pointerdown", middle[0] + 40, middle[1], { pointerId: 3, pointerType: "touch" });
    pointer("pointermove", middle[0] + 80, middle[1], { pointerId: 3, pointerType: "touch" });
    check(panel.zoom > 1.3, `two fingers enlarge: ${panel.zoom}`);
    pointer("pointerup", middle[0] - 40, middle[1], { pointerId: 2, pointerType: "touch" });
    pointer("pointerup", middle[0] + 80, middle[1], { pointerId: 3, pointerType: "touch" });
    figure.buttons.reset.click();

    const expected = window.expected ?? {};
    if (expected.trace) {
      const f = new Function("x", `return ${expected.trace}`);
      key("t");
      for (let i = 0; i < 7; i++) key("ArrowRight");
      let { x, y } = panel.coordinates();
      const one = Math.abs(panel.value(1, 1) - panel.value(1, 0));
      check(near(y, f(x), 0.02 * one), `the traced point lies on the curve: (${x}, ${y})`);
      check(/x = .*y = /.test(figure.reading.textContent), "the coordinates are told");
      key("Escape");
      const [px, py] = panel.page(panel.pixel(0, expected.at), panel.pixel(1, f(expected.at)));
      pointer("pointermove", px, py + 3);
      ({ x, y } = panel.coordinates());
      check(near(x, expected.at, 1e-3) && near(y, f(x), 1e-3), `the pointer reads the value: (${x}, ${y})`);
      for (let i = 0; i < 8; i++) panel.zoomAt(1.5, px, py);
      ({ x, y } = panel.coordinates());
      check(near(y, f(x), 1e-4), `an enlarged curve is still true: (${x}, ${y})`);
      figure.buttons.reset.click();
    }
    const root = document.documentElement, page = () => getComputedStyle(document.body).backgroundColor;
    const light = page();
    figure.buttons.theme.click();
    check(page() !== light && root.dataset.theme, "light and dark change places");

    if (player) {
      player.go(0);
      const first = output.slots[0].figure.panels[0].worlds[1].innerHTML;
      player.input.value = player.player.count - 1;
      player.input.dispatchEvent(new Event("input"));
      check(output.slots[0].figure.panels[0].worlds[1].innerHTML !== first, "the slider shows another frame");
      check(player.output.textContent.startsWith(`${player.player.count} /`), "the number of the frame is told");
    }
    if (controls) {
      const first = output.root.innerHTML, sliders = document.querySelectorAll("input[type=range]");
      check(sliders.length === (expected.sliders ?? sliders.length), `there are ${sliders.length} sliders`);
      const slider = sliders[0];
      slider.value = +slider.value === +slider.max ? slider.min : slider.max;
      slider.dispatchEvent(new Event("input"));
      check(output.root.innerHTML !== first, "a slider shows another frame");
      const wide = panel => panel.world(0, 0).map(at => at.toFixed(1)).join();
      const inputs = kind => [...document.querySelectorAll(`.control input[type=${kind}]`)];
      const use = (node, value, event) => {
        if (node.type === "checkbox") node.checked = value;
        else node.value = value;
        node.dispatchEvent(new Event(event));
      };
      const turn = {
        start: () => use(slider, controls.controls[0].at, "input"),
        slider: value => use(slider, value, "input"),
        check: value => use(inputs("checkbox")[0], value, "change"),
        select: value => use(document.querySelector("select"), value, "change"),
        box: value => use(inputs("text")[0], value, "change"),
        button: value => [...document.querySelectorAll(".choices button")].find(node => node.textContent === value).click(),
        lower: value => use(inputs("range")[1], value, "input"),
        upper: value => use(inputs("range")[2], value, "input"),
      };
      for (const [what, value, text] of expected.texts ?? []) {
        turn[what](value);
        const printed = output.root.querySelector("pre.printed")?.textContent.trim();
        check(printed === text, `${what} ${value} shows "${text}": "${printed}"`);
        check(output.root.querySelector(".formula math"), "the formula is set");
      }
      if (expected.texts) {
        const stroke = () => output.slots[0].figure.panels[0].curves[0].colour, red = stroke();
        document.querySelectorAll(".swatch")[1].click();
        check(stroke() !== red, `a colour is chosen: ${red}`);
        turn.slider(2);
        check(/ZeroDivisionError/.test(output.root.querySelector(".fault")?.textContent), "a fault is shown in its frame");
        turn.slider(1);
        check(!output.root.querySelector(".fault"), "a fault is gone in the next frame");
        const moved = output.slots[0].figure.panels[0];
        moved.zoomAt(3, ...middle);
        const before = wide(moved);
        turn.slider(3);
        check(wide(output.slots[0].figure.panels[0]) === before, "the view stays when a value changes");
        check(inputs("text")[1].disabled, "a box that can't be changed says so");
      }
      check(controls.frame() >= 0 && controls.frame() < data.frames.length, "the frame is there");
    }
  } catch (error) {
    failed.push(`${error.stack ?? error}`);
  }
  const verdict = document.createElement("pre");
  verdict.id = "verdict";
  verdict.textContent = failed.length ? `FAILED: ${failed.join("; ")}` : "PASSED";
  document.body.append(verdict);
}, 100));
