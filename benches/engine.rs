//! How long the engine's work takes, group by group: `cargo bench`, or `cargo bench -- expand taylor` for some of it.
//!
//! Each bench is one statement's work on operands that were built beforehand, as a session does it: nothing is kept from
//! one turn to the next but constants such as pi. The sizes are those at which methods part: a short case shows what a
//! call costs, a long one the method. What is right is for the tests; here is only time.

use std::hint::black_box;

use divan::Bencher;
use secant::algebra;
use secant::budget::Budget;
use secant::calculus;
use secant::expr::{Expr, Symbol, Truth, read};
use secant::solve;
use secant::tape::series::{Approach, Side};
use secant::tape::{self, Questions};

fn main() {
    divan::main();
}

fn operand(text: &str) -> Expr {
    read(text).expect(text)
}

fn x() -> Symbol {
    Symbol::new("x")
}

/// A function of a function, so many times.
fn composition(times: usize) -> Expr {
    operand(&(0..times).fold("x".to_owned(), |inner, _| format!("sin(1 + {inner})")))
}

/// `(x + 1)(x + 2)...(x + n)`, multiplied out.
fn product_of_linear(n: usize) -> Expr {
    let product: Vec<String> = (1..=n).map(|root| format!("(x + {root})")).collect();
    algebra::expand(&operand(&product.join("*")), &Budget::unlimited()).expect("an unlimited budget")
}

mod differentiate {
    use super::*;

    #[divan::bench(args = [1, 10, 40])]
    fn by_orders(bencher: Bencher, order: usize) {
        let f = operand("sin(x)*exp(x^2)/(1 + x)");
        bencher.bench_local(|| calculus::diff_times(black_box(&f), x(), order, &Budget::unlimited()));
    }

    #[divan::bench(args = [10, 150])]
    fn of_compositions(bencher: Bencher, times: usize) {
        let f = composition(times);
        bencher.bench_local(|| calculus::diff(black_box(&f), x(), &Budget::unlimited()));
    }

    #[divan::bench(args = [10, 200])]
    fn of_products(bencher: Bencher, count: usize) {
        let factors: Vec<String> = (1..=count).map(|k| format!("sin({k}*x)")).collect();
        let f = operand(&factors.join("*"));
        bencher.bench_local(|| calculus::diff(black_box(&f), x(), &Budget::unlimited()));
    }
}

mod expand {
    use super::*;

    fn power(bencher: Bencher, base: &str, exponent: usize) {
        let f = operand(&format!("({base})^{exponent}"));
        bencher.bench_local(|| algebra::expand(black_box(&f), &Budget::unlimited()));
    }

    #[divan::bench(args = [10, 200, 1000])]
    fn of_one_variable(bencher: Bencher, exponent: usize) {
        power(bencher, "2*x + 3", exponent);
    }

    #[divan::bench(args = [10, 30])]
    fn of_three_variables(bencher: Bencher, exponent: usize) {
        power(bencher, "x + y + z + 1", exponent);
    }
}

mod polynomials {
    use super::*;

    #[divan::bench(args = [10, 50, 200])]
    fn common_divisors(bencher: Bencher, degree: usize) {
        let expanded =
            |text: String| algebra::expand(&operand(&text), &Budget::unlimited()).expect("an unlimited budget");
        let half = degree / 2;
        let a = expanded(format!("(x^2 - x + 3)^{half}*(x + 2)^{degree}"));
        let b = expanded(format!("(x^2 - x + 3)^{half}*(x - 5)^{degree}"));
        bencher.bench_local(|| algebra::gcd(black_box(&a), black_box(&b), &Budget::unlimited()));
    }

    #[divan::bench(args = ["x^60 - 1", "x^10 + 11*x^9 + 62*x^8 + 228*x^7 + 598*x^6 + 1162*x^5 + 1683*x^4 + 1787*x^3 + 1316*x^2 + 592*x + 120"])]
    fn factors(bencher: Bencher, text: &str) {
        let p = operand(text);
        bencher.bench_local(|| algebra::factor(black_box(&p), &Budget::unlimited()));
    }

    #[divan::bench(args = [5, 20])]
    fn partial_fractions(bencher: Bencher, degree: usize) {
        let f = product_of_linear(degree).recip();
        bencher.bench_local(|| algebra::partial_fractions(black_box(&f), x(), &Budget::unlimited()));
    }
}

#[divan::bench(args = ["sin(x)^2 + cos(x)^2", "(x^3 - 1)/(x - 1) - x^2 - x - 1", "sqrt(5 + 2*sqrt(6)) - sqrt(2) - sqrt(3)"])]
fn simplify(bencher: Bencher, text: &str) {
    let f = operand(text);
    bencher.bench_local(|| algebra::simplify_full(black_box(&f), &Budget::unlimited()));
}

#[divan::bench(args = ["x^2 - 3*x + 1", "x^4 + x + 1", "sin(x) - 1/2", "log(x) + log(x - 1) - log(2)"])]
fn solve_equation(bencher: Bencher, text: &str) {
    let f = operand(text);
    bencher.bench_local(|| solve::solve_equation(black_box(&f), x(), &Budget::unlimited()));
}

#[divan::bench(args = [15, 50, 1000, 10_000])]
fn numbers(bencher: Bencher, digits: u32) {
    let f = operand("exp(sin(sqrt(2))) + log(3)*arctan(5)/pi");
    let budget = Budget::unlimited();
    let is_zero = |part: &Expr| algebra::is_zero(part, &budget).unwrap_or(Truth::Unknown);
    let questions = Questions { is_zero: &is_zero, budget: &budget };
    bencher.bench_local(|| tape::evaluate_digits(black_box(&f), digits, &questions));
}

mod series {
    use super::*;

    fn of(bencher: Bencher, text: &str, order: usize) {
        let f = operand(text);
        let at = Approach::both(&Expr::zero());
        bencher.bench_local(|| calculus::taylor(black_box(&f), x(), &at, order, &Budget::unlimited()));
    }

    #[divan::bench(args = [10, 50, 200, 1000])]
    fn rational(bencher: Bencher, order: usize) {
        of(bencher, "1/(1 - x - x^2)", order);
    }

    #[divan::bench(args = [10, 50, 200])]
    fn transcendental(bencher: Bencher, order: usize) {
        of(bencher, "exp(sin(x))", order);
    }
}

#[divan::bench(args = ["(1 - cos(x))/x^2", "(sin(tan(x)) - tan(sin(x)))/x^7"])]
fn limits(bencher: Bencher, text: &str) {
    let f = operand(text);
    bencher.bench_local(|| calculus::limit(black_box(&f), x(), &Expr::zero(), Side::Both, &Budget::unlimited()));
}
