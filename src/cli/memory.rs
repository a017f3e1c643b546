//! How much memory a program may use when nobody says: two thirds of what the machine, or its container, has.

use std::fs;

/// What a program gets where the system does not tell how much memory there is: eight gigabytes.
const UNKNOWN: usize = 8 << 30;

/// The limit of memory in bytes.
pub(super) fn sensible_limit() -> Option<usize> {
    let machine = fs::read_to_string("/proc/meminfo").ok().and_then(|text| total(&text));
    // The group's own limit, in the second and in the first version of control groups.
    let groups = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"];
    let group = groups.iter().filter_map(|path| fs::read_to_string(path).ok()?.trim().parse().ok()).min();
    let present = machine.into_iter().chain(group).min().unwrap_or(UNKNOWN);
    Some(present / 3 * 2)
}

/// The bytes of `MemTotal:  16384 kB`.
fn total(text: &str) -> Option<usize> {
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kilobytes: usize = line.split_whitespace().next()?.parse().ok()?;
    kilobytes.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_tells_its_memory() {
        assert_eq!(total("MemTotal:       16384 kB\nMemFree: 1 kB\n"), Some(16 << 20));
        assert_eq!(total("nothing"), None);
        assert!(sensible_limit().is_some_and(|limit| limit > 1 << 20));
    }
}
