//! What stands to the left of `=`: the value is on the stack.

use super::{Compiler, count};
use crate::runtime::code::Op;
use crate::syntax::ast::{Target, TargetKind};

impl Compiler<'_> {
    pub(super) fn assign_target(&mut self, target: &Target) {
        match &target.kind {
            TargetKind::Name(name) => self.store(&name.name, name.span),
            TargetKind::Attribute { object, name } => {
                self.expression(object);
                let index = self.name(&name.name);
                self.emit(Op::StoreAttribute(index), target.span);
            }
            TargetKind::Subscript { object, index } => {
                self.expression(object);
                self.expression(index);
                self.emit(Op::StoreIndex, target.span);
            }
            TargetKind::Sequence(targets) => {
                let starred = targets.iter().position(|target| matches!(target.kind, TargetKind::Starred(_)));
                let op = match starred {
                    Some(before) => Op::UnpackStarred(count(before), count(targets.len() - before - 1)),
                    None => Op::Unpack(count(targets.len())),
                };
                self.emit(op, target.span);
                targets.iter().for_each(|target| self.assign_target(target));
            }
            TargetKind::Starred(target) => self.assign_target(target),
        }
    }

    pub(super) fn delete_target(&mut self, target: &Target) {
        match &target.kind {
            TargetKind::Name(name) => self.delete(&name.name, name.span),
            TargetKind::Attribute { object, name } => {
                self.expression(object);
                let index = self.name(&name.name);
                self.emit(Op::DeleteAttribute(index), target.span);
            }
            TargetKind::Subscript { object, index } => {
                self.expression(object);
                self.expression(index);
                self.emit(Op::DeleteIndex, target.span);
            }
            TargetKind::Sequence(targets) => targets.iter().for_each(|target| self.delete_target(target)),
            TargetKind::Starred(target) => self.delete_target(target),
        }
    }
}
