//! What of a thing did not come along.

use std::collections::HashSet;

use roxmltree::Node;

use super::super::validate::content;
use super::made::{Made, Origin};

/// The paths, below the root, of what was not carried; each once.
pub(super) fn lost(root: Node<'_, '_>, made: &Made) -> Vec<String> {
    let mut carried = HashSet::new();
    collect(made, &mut carried);
    let mut around = HashSet::new();
    for node in root.descendants().filter(|node| is_carried(*node, &carried)) {
        for ancestor in node.ancestors() {
            if !around.insert(ancestor.id()) {
                break;
            }
        }
    }
    let mut search = Search { carried, around, found: Vec::new(), seen: HashSet::new() };
    root.children().filter(Node::is_element).for_each(|child| search.element(child, ""));
    search.found
}

fn collect(made: &Made, carried: &mut HashSet<Origin>) {
    carried.extend(&made.origins);
    made.children.iter().for_each(|child| collect(child, carried));
}

fn is_carried(node: Node<'_, '_>, carried: &HashSet<Origin>) -> bool {
    carried.contains(&Origin::Element(node.id()))
        || (0..node.attributes().len()).any(|at| carried.contains(&Origin::Attribute(node.id(), at)))
}

struct Search {
    carried: HashSet<Origin>,
    /// Elements in which something was carried.
    around: HashSet<roxmltree::NodeId>,
    found: Vec<String>,
    seen: HashSet<String>,
}

impl Search {
    fn element(&mut self, node: Node<'_, '_>, above: &str) {
        let name = node.tag_name().name();
        let path = if above.is_empty() { name.to_owned() } else { format!("{above}/{name}") };
        if !self.around.contains(&node.id()) {
            if says_something(node) {
                self.say(path);
            }
            return;
        }
        for (at, attribute) in node.attributes().enumerate() {
            let carried = self.carried.contains(&Origin::Attribute(node.id(), at));
            if attribute.namespace().is_none() && !carried {
                self.say(format!("{path}@{}", attribute.name()));
            }
        }
        node.children().filter(Node::is_element).for_each(|child| self.element(child, &path));
    }

    fn say(&mut self, path: String) {
        if self.seen.insert(path.clone()) {
            self.found.push(path);
        }
    }
}

fn says_something(node: Node<'_, '_>) -> bool {
    node.descendants().any(|n| n.is_element() && (n.attributes().len() > 0 || !content(n).trim().is_empty()))
}
