"""Runs scripts in SageMath and writes its answers into their records; see `refresh`."""

import ast
import contextlib
import io
import os
import re
import sys
import tempfile
import tokenize
from pathlib import Path

import sage.all
from sage.repl.preparse import preparse

ROOT = Path(__file__).resolve().parent.parent
RECORD = re.compile(r"\s*# ?(=>|prints|error:)(?: .*)?$")
CONTINUES = ("else", "elif", "except", "finally", ")", "]", "}")


def statements(lines):
    """Ranges of lines that hold a statement of the top level, records behind it left out."""
    at = 0
    while at < len(lines):
        if not lines[at].strip() or lines[at].startswith("#"):
            at += 1
            continue
        end = at + 1
        while end < len(lines) and (is_open(lines[at:end]) or goes_on(lines, end)):
            end += 1
        while not lines[end - 1].strip():
            end -= 1
        yield at, end
        at = end


def is_open(lines):
    """Whether a bracket or a long string is open at the end of the lines."""
    try:
        list(tokenize.generate_tokens(io.StringIO("\n".join(lines) + "\n").readline))
    except tokenize.TokenError as error:
        return "EOF" in str(error)
    except IndentationError:
        return False
    return False


def goes_on(lines, at):
    """Whether the statement before goes on in the next line that is not empty."""
    rest = [line for line in lines[at:] if line.strip()]
    return bool(rest) and (rest[0][0] in " \t" or rest[0].startswith(CONTINUES))


def run(code, names):
    """The records of a statement: what it prints, and its value or the error that stops it."""
    out = io.StringIO()
    found = []
    try:
        with contextlib.redirect_stdout(out):
            tree = ast.parse(preparse(code))
            last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, "<script>", "exec"), names)
            value = None if last is None else eval(compile(ast.Expression(last.value), "<script>", "eval"), names)
        if value is not None:
            found = ["=> " + line for line in repr(value).splitlines()]
    except Exception as error:
        found = ["error: " + type(error).__name__]
    return ["prints " + line.rstrip() for line in out.getvalue().splitlines()] + found


def refreshed(text, names):
    """The text with the answers of this SageMath in its records."""
    lines = text.split("\n")
    fresh, done = [], 0
    for start, end in statements(lines):
        fresh += lines[done:start]
        code = lines[start:end]
        behind = RECORD.search(code[-1])
        while end < len(lines) and lines[end].startswith("#") and RECORD.fullmatch(lines[end]):
            end += 1
        recorded = behind is not None or end > start + len(code)
        if behind is not None:
            code[-1] = code[-1][:behind.start()]
        found = run("\n".join(code), names)
        if not recorded and any(line.startswith("error") for line in found):
            raise SystemExit(f"sage fails at line {start + 1}: {code[0]}\n{found[-1]}")
        if recorded and len(found) == 1 and behind is not None:
            code[-1] += "  # " + found[0].rstrip()
        elif recorded:
            code += ["# " + line.rstrip() for line in found]
        fresh += code
        done = end
    return "\n".join(fresh + lines[done:])


def offer_library(folder):
    """Makes the library written in the language importable, and gives its public names."""
    names = {}
    sys.path.insert(0, str(folder))
    for source in sorted((ROOT / "stdlib").glob("*.calc")):
        text = "from sage.all import *\nfrom sage.all import var\n" + preparse(source.read_text())
        (folder / source.name).with_suffix(".py").write_text(text)
    for source in sorted((ROOT / "stdlib").glob("*.calc")):
        module = __import__(source.stem)
        defined = re.findall(r"^def (\w+)", source.read_text(), re.MULTILINE)
        names.update({name: getattr(module, name) for name in defined if not name.startswith("_")})
    return names


def main(arguments):
    only_check = "--check" in arguments
    scripts = [Path(name).resolve() for name in arguments if not name.startswith("-")]
    # What is in "beyond" Sage has no word for.
    scripts = scripts or sorted(s for s in (ROOT / "examples").glob("*/*.calc") if s.parent.name != "beyond")
    stale = []
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        library = offer_library(Path(folder))
        for script in scripts:
            names = dict(vars(sage.all))
            # Sage loads no .calc files; each is run by itself.
            names.update(x=sage.all.SR.var("x"), load=lambda *files: None, var=variables_into(names))
            if script.parent.name == "library":
                names.update(library)
            sage.all.forget()
            before = script.read_text()
            after = refreshed(before, names)
            if after != before:
                stale.append(script)
                if not only_check:
                    script.write_text(after)
    for script in stale:
        print(("not what sage gives: " if only_check else "refreshed: ") + str(script.relative_to(ROOT)))
    return int(only_check and bool(stale))


def variables_into(names):
    """`var` as at Sage's prompt: it sets the names as well."""

    def var(*arguments, **options):
        made = sage.all.SR.var(*arguments, **options)
        for variable in made if isinstance(made, tuple) else (made,):
            names[str(variable)] = variable
        return made

    return var


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
