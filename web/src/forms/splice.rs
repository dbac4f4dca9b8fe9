//! What was entered, put into a thing: only what was changed is written, and everything else stays byte for
//! byte.

use std::ops::Range;

use keepwell_core::thing_types;
use roxmltree::{Document, Node};

use super::text::element;
use super::widget::{child, read, write};
use super::{Field, Form, Groups, Values, Widget, Wrong, Wrongs, given};
use crate::components::Trouble;

/// The name of the field for a note, which things of all kinds may have.
const NOTE: &str = "common.note";

/// A new thing: what stands inside `data-xml`. `once` is an id of its own, by which it is known again if the
/// form is sent twice.
///
/// # Errors
/// What is wrong, field by field.
pub fn make(form: &Form, values: &Values, once: &str) -> Result<String, Wrongs> {
    let mut wrongs = Wrongs::new();
    let inside = inside(&form.fields, &form.order, values, &mut wrongs);
    let root = form.kind.root;
    let note = given(values, NOTE);
    let note = if note.is_empty() { String::new() } else { element("note", note) };
    let id = element("client-thing-id", once);
    finished(format!("<{root}>{inside}</{root}><common>{note}{id}</common>"), wrongs)
}

/// New elements in the order that their type wants, which is not always that of the fields.
fn inside(fields: &[Field], order: &[&str], values: &Values, wrongs: &mut Wrongs) -> String {
    let made = fields.iter().filter_map(|field| Some((field.element, whole(field, values, wrongs)?)));
    let mut made: Vec<_> = made.collect();
    made.sort_by_key(|(element, _)| order.iter().position(|known| known == element));
    made.into_iter().map(|(_, xml)| xml).collect()
}

/// A new element, if anything was entered for it.
fn whole(field: &Field, values: &Values, wrongs: &mut Wrongs) -> Option<String> {
    let made = match &field.widget {
        Widget::Group { .. } if field.is_blank(values) && !field.required => Ok(None),
        Widget::Group { fields, order } => {
            let name = field.element;
            Ok(Some(format!("<{name}>{}</{name}>", inside(fields, order, values, wrongs))))
        }
        Widget::Rows { rows, .. } => {
            let all: String = rows.iter().filter_map(|row| whole(row, values, wrongs)).collect();
            Ok(Some(all).filter(|_| !field.is_blank(values)))
        }
        Widget::Groups(groups) => {
            let all: String = groups.alive().filter_map(|one| whole(&one.field, values, wrongs)).collect();
            Ok(Some(all).filter(|all| !all.is_empty()))
        }
        _ => write(field, values, None),
    };
    match made {
        Ok(None) if field.required => Err(Wrong::Plain(Trouble::Missing)),
        made => made,
    }
    .map_err(|wrong| wrongs.insert(field.said_at(), wrong))
    .ok()
    .flatten()
}

fn finished(xml: String, wrongs: Wrongs) -> Result<String, Wrongs> {
    if wrongs.is_empty() { Ok(xml) } else { Err(wrongs) }
}

/// A thing as it stands, parsed.
struct Stored<'a, 'i> {
    /// The text, with what is put around it.
    source: &'i str,
    root: Node<'a, 'i>,
    common: Option<Node<'a, 'i>>,
}

const AROUND: &str = "data-xml";

fn wrapped(xml: &str) -> String {
    format!("<{AROUND}>{xml}</{AROUND}>")
}

impl<'a, 'i> Stored<'a, 'i> {
    fn of(form: &Form, document: &'a Document<'i>) -> Option<Self> {
        let around = document.root_element();
        let root = child(around, form.kind.root)?;
        // Names in a namespace are not those that the catalogue knows.
        let is_plain = root.descendants().all(|node| node.tag_name().namespace().is_none());
        is_plain.then(|| Self { source: document.input_text(), root, common: child(around, "common") })
    }
}

/// What the form shows of a thing, and the fields that it can hold of this thing; none if it can hold none of
/// it. A field that cannot show all of its element is left out, and the element stays as it is.
#[must_use]
pub fn values_of(form: &Form, xml: &str) -> Option<(Form, Values)> {
    let text = wrapped(xml);
    let document = Document::parse(&text).ok()?;
    let stored = Stored::of(form, &document)?;
    let mut values = Values::new();
    let fields = held(&form.fields, stored.root, &mut values, &mut form.room());
    if let Some(note) =
        stored.common.and_then(|common| child(common, "note")).and_then(super::widget::plain_text)
    {
        values.insert(NOTE.to_owned(), note);
    }
    (!fields.is_empty()).then(|| (Form { fields, ..form.clone() }, values))
}

/// `room`: how much of a page is left for what stands several times.
fn held(fields: &[Field], parent: Node<'_, '_>, values: &mut Values, room: &mut usize) -> Vec<Field> {
    let mut held = Vec::new();
    for field in fields {
        let there: Vec<_> = named(parent, field.element).collect();
        match (&field.widget, &there[..]) {
            (Widget::Rows { .. }, _) => held.extend(held_rows(field, there, values)),
            (_, []) => held.push(field.clone()),
            (Widget::Groups(groups), _) => {
                let groups = held_groups(groups, &there, values, room);
                held.push(Field { widget: Widget::Groups(groups), ..field.clone() });
            }
            (Widget::Group { fields, order }, [node]) => {
                let fields = self::held(fields, *node, values, room);
                if !fields.is_empty() {
                    let widget = Widget::Group { fields, order: order.clone() };
                    held.push(Field { widget, ..field.clone() });
                }
            }
            (_, [node]) => {
                if let Some(shown) = read(field, *node) {
                    values.extend(shown);
                    held.push(field.clone());
                }
            }
            (_, _) => {}
        }
    }
    held
}

/// A group for each element that is there, as far as there is room.
fn held_groups(groups: &Groups, there: &[Node<'_, '_>], values: &mut Values, room: &mut usize) -> Groups {
    let mut held = Groups { all: Vec::new(), stored: there.len(), ..groups.clone() };
    for node in there.iter().take(groups.most) {
        let mut one = held.next();
        let Some(left) = room.checked_sub(held.next_weight()) else { break };
        *room = left;
        if let Widget::Group { fields, .. } = &mut one.field.widget {
            *fields = self::held(fields, *node, values, room);
            one.more = !holds_nothing_else(*node, fields);
        }
        held.all.push(one);
    }
    held
}

/// A field with a row for each element that is there; none if one of them has more than a row can show.
fn held_rows(field: &Field, there: Vec<Node<'_, '_>>, values: &mut Values) -> Option<Field> {
    let mut field = field.clone();
    for _ in 1..there.len() {
        field = field.with_row();
    }
    let Widget::Rows { rows, .. } = &field.widget else { return None };
    if there.len() > rows.len() {
        return None;
    }
    let shown: Option<Vec<_>> = rows.iter().zip(there).map(|(row, node)| read(row, node)).collect();
    values.extend(shown?.into_iter().flatten());
    Some(field)
}

fn named<'a, 'i>(parent: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    parent.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

/// The thing with what was changed in the form. `form` is the one of [`values_of`].
///
/// # Errors
/// What is wrong, field by field.
pub fn edit(form: &Form, xml: &str, values: &Values) -> Result<String, Wrongs> {
    let text = wrapped(xml);
    let Ok(document) = Document::parse(&text) else { return Ok(xml.to_owned()) };
    let Some(stored) = Stored::of(form, &document) else { return Ok(xml.to_owned()) };
    let mut splice = Splice { source: stored.source, values, wrongs: Wrongs::new(), edits: Vec::new() };
    splice.group(stored.root, &form.fields, &form.order);
    splice.note(stored.root, stored.common);
    let Splice { wrongs, mut edits, .. } = splice;
    edits.sort_by_key(|(range, nth, _)| (range.start, range.end, *nth));
    let mut out = text.clone();
    for (range, _, new) in edits.into_iter().rev() {
        out.replace_range(range, &new);
    }
    let inside = out.get(AROUND.len() + 2..out.len() - AROUND.len() - 3).unwrap_or_default();
    finished(inside.to_owned(), wrongs)
}

/// Changes of a text: where, in which order at one place, and what.
struct Splice<'s> {
    source: &'s str,
    values: &'s Values,
    wrongs: Wrongs,
    edits: Vec<(Range<usize>, usize, String)>,
}

impl Splice<'_> {
    fn group(&mut self, parent: Node<'_, '_>, fields: &[Field], order: &[&str]) {
        let mut new = Vec::new();
        for field in fields {
            match (&field.widget, named(parent, field.element).next()) {
                (Widget::Rows { rows, .. }, Some(_)) => new.extend(self.rows(parent, field, rows)),
                (Widget::Groups(groups), Some(_)) => new.extend(self.groups(parent, field, groups)),
                (_, Some(node)) => self.change(node, field),
                (_, None) => {
                    new.extend(whole(field, self.values, &mut self.wrongs).map(|xml| (field.element, xml)));
                }
            }
        }
        self.insert(parent, order, new);
    }

    /// Changes the elements that are there, each by its group, takes away those that are to go, and answers what
    /// comes of the other groups.
    fn groups(
        &mut self,
        parent: Node<'_, '_>,
        field: &Field,
        groups: &Groups,
    ) -> Vec<(&'static str, String)> {
        let there: Vec<_> = named(parent, field.element).collect();
        let (mut new, before) = (Vec::new(), self.edits.len());
        for (nth, one) in groups.all.iter().enumerate() {
            match there.get(nth) {
                Some(node) if one.gone => self.edits.push((node.range(), 0, String::new())),
                Some(node) => self.change(*node, &one.field),
                None if one.gone => {}
                None => new
                    .extend(whole(&one.field, self.values, &mut self.wrongs).map(|xml| (field.element, xml))),
            }
        }
        let is_one = |range: &Range<usize>| there.iter().any(|node| node.range() == *range);
        let edits = self.edits.iter().skip(before);
        let gone = edits.filter(|(range, _, text)| text.is_empty() && is_one(range)).count();
        if field.required && gone == there.len() && new.is_empty() {
            self.wrongs.insert(field.name.clone(), Wrong::Plain(Trouble::Missing));
        }
        new
    }

    /// Changes the elements that are there, each by its row, and answers what comes of the other rows.
    fn rows(&mut self, parent: Node<'_, '_>, field: &Field, rows: &[Field]) -> Vec<(&'static str, String)> {
        if field.required && field.is_blank(self.values) {
            self.wrongs.insert(field.said_at(), Wrong::Plain(Trouble::Missing));
            return Vec::new();
        }
        let mut there = named(parent, field.element);
        let mut new = Vec::new();
        for row in rows {
            match there.next() {
                Some(node) => self.change(node, row),
                None => new.extend(whole(row, self.values, &mut self.wrongs).map(|xml| (row.element, xml))),
            }
        }
        new
    }

    fn change(&mut self, node: Node<'_, '_>, field: &Field) {
        if let Widget::Group { fields, order } = &field.widget {
            if !field.required && field.is_blank(self.values) {
                let mut before = Values::new();
                let mut no_bound = usize::MAX;
                held(fields, node, &mut before, &mut no_bound);
                if before.values().all(|value| value.trim().is_empty()) && !field.has_gone() {
                    return;
                }
                // Whoever empties all of it takes it away, if nothing else is in it.
                if holds_nothing_else(node, fields) {
                    return self.edits.push((node.range(), 0, String::new()));
                }
            }
            return self.group(node, fields, order);
        }
        let shown = read(field, node).unwrap_or_default();
        let is_same =
            |(name, value): &(String, String)| given(self.values, name) == value.replace("\r\n", "\n").trim();
        if shown.iter().all(is_same) {
            return;
        }
        match write(field, self.values, Some((node, self.source))) {
            Ok(None) if field.required => {
                self.wrongs.insert(field.name.clone(), Wrong::Plain(Trouble::Missing));
            }
            Ok(new) => self.edits.push((node.range(), 0, new.unwrap_or_default())),
            Err(wrong) => {
                self.wrongs.insert(field.name.clone(), wrong);
            }
        }
    }

    /// Puts new elements where their order wants them.
    fn insert(&mut self, parent: Node<'_, '_>, order: &[&str], new: Vec<(&str, String)>) {
        if new.is_empty() {
            return;
        }
        let place = |name: &str| order.iter().position(|known| *known == name);
        let range = parent.range();
        let written = &self.source[range.clone()];
        if written.ends_with("/>") {
            let name = written[1..].split([' ', '\t', '\r', '\n', '/', '>']).next().unwrap_or_default();
            let mut new = new;
            new.sort_by_key(|(name, _)| place(name));
            let inside: String = new.into_iter().map(|(_, xml)| xml).collect();
            self.edits.push((range.end - 2..range.end, 0, format!(">{inside}</{name}>")));
            return;
        }
        let end = range.start + written.rfind("</").unwrap_or(written.len());
        for (name, xml) in new {
            let own = place(name);
            let after = |child: &Node<'_, '_>| child.is_element() && place(child.tag_name().name()) > own;
            let at = parent.children().find(after).map_or(end, |child| child.range().start);
            self.edits.push((at..at, own.unwrap_or(usize::MAX), xml));
        }
    }

    fn note(&mut self, root: Node<'_, '_>, common: Option<Node<'_, '_>>) {
        let new = given(self.values, NOTE);
        let order: Vec<&str> = thing_types::common().fields().iter().map(|field| field.name).collect();
        let xml = |text: &str| if text.is_empty() { String::new() } else { element("note", text) };
        match (common, common.and_then(|common| child(common, "note"))) {
            (_, Some(note)) => {
                // A note with more in it than text is not shown, and stays.
                if let Some(shown) = super::widget::plain_text(note)
                    && shown.replace("\r\n", "\n").trim() != new
                {
                    self.edits.push((note.range(), 0, xml(new)));
                }
            }
            (Some(common), None) if !new.is_empty() => self.insert(common, &order, vec![("note", xml(new))]),
            (None, None) if !new.is_empty() => {
                let at = root.range().end;
                self.edits.push((at..at, 0, format!("<common>{}</common>", xml(new))));
            }
            _ => {}
        }
    }
}

fn holds_nothing_else(node: Node<'_, '_>, fields: &[Field]) -> bool {
    let known = |child: Node<'_, '_>| {
        let field = fields.iter().find(|field| field.element == child.tag_name().name());
        field.is_some_and(|field| match &field.widget {
            Widget::Group { fields, .. } => holds_nothing_else(child, fields),
            // That each has its row was seen when the form was filled.
            Widget::Rows { .. } => true,
            Widget::Groups(groups) => {
                let place = named(node, field.element).position(|known| known == child);
                let one = place.and_then(|place| groups.all.get(place)).map(|one| &one.field.widget);
                matches!(one, Some(Widget::Group { fields, .. }) if holds_nothing_else(child, fields))
            }
            _ => read(field, child).is_some(),
        })
    };
    node.attributes().len() == 0 && node.children().filter(Node::is_element).all(known)
}
