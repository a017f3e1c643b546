//! Symbols: interned names of variables and formal functions.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::rc::Rc;
use std::sync::Mutex;

/// An interned name; copying and comparing cost one machine word.
#[derive(Clone, Copy)]
pub struct Symbol(&'static Name);

struct Name {
    text: String,
    hash: u64,
}

/// Every name ever interned. Names live as long as the process: a program has few of them, and a shared address makes
/// equality one comparison.
static NAMES: Mutex<Option<HashMap<String, &'static Name>>> = Mutex::new(None);

thread_local! {
    /// This thread's view of `NAMES`, so that the lock is taken once a name.
    static SEEN: RefCell<HashMap<String, &'static Name>> = RefCell::new(HashMap::new());
    /// The LaTeX of those whose LaTeX does not follow from the name.
    static LATEX: RefCell<HashMap<Symbol, Rc<str>>> = RefCell::new(HashMap::new());
}

impl Symbol {
    /// The symbol with this name.
    pub fn new(name: &str) -> Symbol {
        if let Some(known) = SEEN.with(|seen| seen.borrow().get(name).copied()) {
            return Symbol(known);
        }
        let interned = intern(name);
        SEEN.with(|seen| seen.borrow_mut().insert(name.to_string(), interned));
        Symbol(interned)
    }

    /// Was a symbol of this name ever made?
    pub fn is_known(name: &str) -> bool {
        let guard = NAMES.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        guard.as_ref().is_some_and(|names| names.contains_key(name))
    }

    /// The symbol's name.
    pub fn name(self) -> &'static str {
        &self.0.text
    }

    /// The LaTeX that was declared for the symbol.
    pub fn latex(self) -> Option<Rc<str>> {
        LATEX.with_borrow(|declared| declared.get(&self).cloned())
    }

    /// Declares the symbol's LaTeX, or forgets it.
    pub fn set_latex(self, latex: Option<&str>) {
        LATEX.with_borrow_mut(|declared| match latex {
            Some(latex) => declared.insert(self, Rc::from(latex)),
            None => declared.remove(&self),
        });
    }

    /// Forgets all LaTeX that was declared.
    pub fn forget_latex() {
        LATEX.take();
    }

    /// A hash of the name, the same in every run.
    pub(crate) fn stable_hash(self) -> u64 {
        self.0.hash
    }
}

fn intern(name: &str) -> &'static Name {
    let mut guard = NAMES.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let names = guard.get_or_insert_with(HashMap::new);
    if let Some(known) = names.get(name) {
        return known;
    }
    let fresh: &'static Name = Box::leak(Box::new(Name { text: name.to_string(), hash: hash_bytes(name.as_bytes()) }));
    names.insert(name.to_string(), fresh);
    fresh
}

/// The 64-bit FNV-1a hash, finished by a multiplication that spreads short names over all bits.
pub(super) fn hash_bytes(bytes: &[u8]) -> u64 {
    let hash = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3));
    super::node::mix(hash, 0x5359_4d42)
}

impl PartialEq for Symbol {
    fn eq(&self, other: &Symbol) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Symbol {}

impl Hash for Symbol {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0.hash);
    }
}

impl PartialOrd for Symbol {
    fn partial_cmp(&self, other: &Symbol) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Symbol {
    fn cmp(&self, other: &Symbol) -> std::cmp::Ordering {
        if self == other { std::cmp::Ordering::Equal } else { self.name().cmp(other.name()) }
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
