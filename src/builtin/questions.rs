//! Questions about an expression: what kind it is of, what is known of its values, what occurs in it.

use std::any::Any;
use std::rc::Rc;

use crate::algebra;
use crate::builtin;
use crate::calculus;
use crate::diagnostic::{Fault, Spanned};
use crate::expr::assume::{self, Signs};
use crate::expr::pattern::Pattern;
use crate::expr::{Expr, Function, Kind, Relation, Symbol, print_order};
use crate::number::sorting;
use crate::runtime::builtin::Builtin;
use crate::runtime::call::Arguments;
use crate::runtime::fault::type_error;
use crate::runtime::parameter::{Formula, Parameter, Rest, Variable, expected};
use crate::runtime::value::{Class, Object, Value};

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[
    &operator::RECORD,
    &is_constant::RECORD,
    &is_numeric::RECORD,
    &is_symbol::RECORD,
    &is_relational::RECORD,
    &is_trivial_zero::RECORD,
    &is_real::RECORD,
    &is_positive::RECORD,
    &is_negative::RECORD,
    &number_of_arguments::RECORD,
    &find::RECORD,
    &list::RECORD,
    &norm::RECORD,
    &resultant::RECORD,
    &substitute_function::RECORD,
    &function::RECORD,
];

builtin! {
    /// What puts the parts together: a function, or the operation.
    ///
    /// ```calc
    /// sin(x).operator()                 # => sin
    /// (x == 2).operator()               # => <built-in function eq>
    /// ```
    only method;
    fn operator(call, f: Expr) -> Value {
        let name = match f.kind() {
            Kind::Call(function @ (Function::Elementary(_) | Function::Formal(_) | Function::Derivative(_)), _) => {
                return Ok(Value::Symbolic(function.clone()));
            }
            Kind::Sum(_) => "add_vararg",
            Kind::Product(_) => "mul_vararg",
            Kind::Power(..) => "pow",
            Kind::Relation(relation, ..) => relation_name(*relation),
            Kind::Number(_) | Kind::Symbol(_) | Kind::Constant(_) | Kind::Infinity(_) | Kind::Undefined(_) => {
                return Ok(Value::None);
            }
        };
        Ok(Value::Object(Rc::new(Operation(name))))
    }
}

fn relation_name(relation: Relation) -> &'static str {
    match relation {
        Relation::Equal => "eq",
        Relation::NotEqual => "ne",
        Relation::Less => "lt",
        Relation::LessEqual => "le",
        Relation::Greater => "gt",
        Relation::GreaterEqual => "ge",
    }
}

/// An operation that puts an expression together.
#[derive(Debug)]
struct Operation(&'static str);

static OPERATION: Class = Class { name: "builtin_function_or_method", known_as: None, base: None };

impl Object for Operation {
    fn class(&self) -> &'static Class {
        &OPERATION
    }

    fn text(&self) -> String {
        match self.0 {
            "add_vararg" | "mul_vararg" => format!("<function {}>", self.0),
            name => format!("<built-in function {name}>"),
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn same(&self, other: &Value) -> bool {
        other.downcast::<Operation>().is_some_and(|other| self.0 == other.0)
    }
}

builtin! {
    /// Is the expression without variables?
    ///
    /// ```calc
    /// sqrt(pi + 1).is_constant()        # => True
    /// (x - 1).is_constant()             # => False
    /// ```
    only method;
    fn is_constant(call, f: Expr) -> bool {
        Ok(f.variables().is_empty())
    }
}

builtin! {
    /// Is the expression a plain number? `pi` and `sqrt(2)` are none.
    ///
    /// ```calc
    /// x.subs(x=2).is_numeric()          # => True
    /// pi.is_numeric()                   # => False
    /// ```
    only method;
    fn is_numeric(call, f: Expr) -> bool {
        Ok(f.as_number().is_some())
    }
}

builtin! {
    /// Is the expression a variable?
    ///
    /// ```calc
    /// x.is_symbol()                     # => True
    /// (x + 1).is_symbol()               # => False
    /// ```
    only method;
    fn is_symbol(call, f: Expr) -> bool {
        Ok(f.as_symbol().is_some())
    }
}

builtin! {
    /// Is the expression an equation or inequality?
    ///
    /// ```calc
    /// (x < 2).is_relational()           # => True
    /// x.is_relational()                 # => False
    /// ```
    only method;
    fn is_relational(call, f: Expr) -> bool {
        Ok(matches!(f.kind(), Kind::Relation(..)))
    }
}

builtin! {
    /// Is the expression written as zero? Nothing is simplified.
    ///
    /// ```calc
    /// (x - x).is_trivial_zero()                      # => True
    /// (sin(x)^2 + cos(x)^2 - 1).is_trivial_zero()    # => False
    /// ```
    only method;
    fn is_trivial_zero(call, f: Expr) -> bool {
        Ok(f.is_zero())
    }
}

builtin! {
    /// Is the value known to be real, with what is assumed?
    ///
    /// ```calc
    /// (pi + sqrt(2)).is_real()          # => True
    /// x.is_real()                       # => False
    /// ```
    ///
    /// See also: `assume`.
    only method;
    fn is_real(call, f: Expr) -> bool {
        Ok(assume::is_real(&f).is_yes())
    }
}

builtin! {
    /// Is the value known to be positive, with what is assumed?
    ///
    /// ```calc
    /// pi.is_positive()                  # => True
    /// x.is_positive()                   # => False
    /// ```
    ///
    /// See also: `assume`.
    only method;
    fn is_positive(call, f: Expr) -> bool {
        Ok(Signs::of(&f).only(Signs::POSITIVE))
    }
}

builtin! {
    /// Is the value known to be negative, with what is assumed?
    ///
    /// ```calc
    /// (-pi).is_negative()               # => True
    /// ```
    ///
    /// See also: `assume`.
    only method;
    fn is_negative(call, f: Expr) -> bool {
        Ok(Signs::of(&f).only(Signs::NEGATIVE))
    }
}

builtin! {
    /// The number of arguments of a callable expression; of another expression that of its variables.
    ///
    /// ```calc
    /// f(x, y) = x^2; f.number_of_arguments()    # => 2
    /// ```
    ///
    /// See also: `arguments`.
    only method;
    fn number_of_arguments(call, f: Formula) -> usize {
        Ok(f.arguments.as_ref().map_or_else(|| f.expr.variables().len(), |own| own.len()))
    }
}

builtin! {
    /// The places where a part occurs, as a list of that part.
    ///
    /// ```calc
    /// (sin(x) + x).find(sin(x))         # => [sin(x)]
    /// (sin(x)*sin(2*x)).find(sin(SR.wild(0)))    # => [sin(x), sin(2*x)]
    /// ```
    ///
    /// See also: `has`.
    only method;
    fn find(call, f: Expr, part: Expr) -> Vec<Expr> {
        if !part.has_wild() {
            return Ok(if f.has(&part) { vec![part] } else { Vec::new() });
        }
        let pattern = Pattern::new(part);
        let mut found: Vec<Expr> = Vec::new();
        for node in f.shared_nodes().filter(|node| pattern.matches(node).is_some()) {
            call.budget().check()?;
            if !found.contains(&node) {
                found.push(node);
            }
        }
        sorting::sort_by(&mut found, |a, b| a.depth().cmp(&b.depth()).then_with(|| print_order(a, b)));
        Ok(found)
    }
}

builtin! {
    /// The coefficients of a polynomial, the constant first.
    ///
    /// ```calc
    /// ((x + 1)^2).list()                # => [1, 2, 1]
    /// ```
    ///
    /// See also: `coefficients`.
    only method;
    fn list(call, f: Formula, variable: Option<Variable>) -> Value {
        let variable = variable.map(|v| v.0).or_else(|| f.only_variable()).unwrap_or_else(|| Symbol::new("x"));
        let all = algebra::coefficients(&f.expr, &Expr::symbol(variable), call.budget())?;
        crate::builtin::expressions::dense_coefficients(&all)
    }
}

builtin! {
    /// A number times its conjugate; the length of a vector.
    ///
    /// ```calc
    /// (2 + 3*I).norm()                  # => 13
    /// norm(3 + 4*I)                     # => 25
    /// norm(vector([3, 4]))              # => 5
    /// ```
    ///
    /// See also: `abs`, `conjugate`.
    fn norm(call, f: Spanned<Value>) -> Value {
        if let Value::Object(object) = &f.value
            && object.methods().contains(&"norm")
        {
            return object.method(call, "norm", Arguments::default());
        }
        let f = Expr::take(&f, call)?;
        let product = &f * crate::expr::function::conjugate(&f);
        Ok(Value::Expr(algebra::expand(&product, call.budget())?))
    }
}

builtin! {
    /// The resultant of two polynomials: zero exactly when they have a root in common.
    ///
    /// ```calc
    /// (x^2 - 1).resultant(x - 2, x)     # => 3
    /// ```
    only method;
    fn resultant(call, f: Spanned<Expr>, g: Spanned<Expr>, x: Option<Variable>) -> Expr {
        let variable = x.map(|x| x.0).or_else(|| f.value.variables().first().copied());
        let Some(variable) = variable else { return Err(expected("a polynomial with a variable", &f.map(Value::Expr))) };
        let found = algebra::resultant(&f.value, &g.value, variable, call.budget())?;
        found.ok_or_else(|| type_error("the resultant is one of two polynomials").or_at(call.span()))
    }
}

builtin! {
    /// The expression with one function put for another, in derivatives too.
    ///
    /// ```calc
    /// f = function('f')
    /// (f(x) + diff(f(x), x)).substitute_function(f, sin)    # => cos(x) + sin(x)
    /// ```
    ///
    /// See also: `subs`.
    only method;
    fn substitute_function(call, f: Formula, old: Spanned<Value>, new: Spanned<Value>) -> Value {
        let Value::Symbolic(from) = &old.value else { return Err(expected("a function", &old)) };
        let put = replacement(&new)?;
        let result = match from {
            Function::Formal(name) => {
                f.expr.substitute_function(*name, &put, &|value, by| calculus::derivative(value, by))
            }
            _ => f.expr.map_bottom_up(|node| match node.as_call() {
                Some((own, arguments)) if own == from => put(arguments),
                _ => node,
            }),
        };
        Ok(f.wrap(result))
    }
}

/// The value of a function or callable expression at arguments.
fn replacement(new: &Spanned<Value>) -> Result<Box<dyn Fn(&[Expr]) -> Expr>, Fault> {
    Ok(match &new.value {
        Value::Symbolic(to) => {
            let to = to.clone();
            Box::new(move |arguments| Expr::call(to.clone(), arguments.to_vec()))
        }
        Value::Callable(callable) => {
            let callable = Rc::clone(callable);
            Box::new(move |arguments| {
                let names = callable.arguments.iter().map(|symbol| Expr::symbol(*symbol));
                let pairs: Vec<(Expr, Expr)> = names.zip(arguments.iter().cloned()).collect();
                callable.body.substitute(&pairs)
            })
        }
        _ => return Err(expected("a function", new)),
    })
}

builtin! {
    /// The expression as a callable one, its arguments in the order given.
    ///
    /// ```calc
    /// (x^2).function(x)                 # => x |--> x^2
    /// ```
    only method;
    fn function(call, f: Expr, arguments: Rest<Variable>) -> Value {
        let symbols: Vec<Symbol> = arguments.0.iter().map(|variable| variable.0).collect();
        Ok(Formula { expr: f.clone(), arguments: Some(symbols.into()) }.wrap(f))
    }
}
