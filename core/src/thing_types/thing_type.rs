//! A thing type: its facts, paths and structure.

use uuid::Uuid;

use super::notation::{At, Header, NotationError, ThingFile, Types};
use super::path::{self, Path, Target};
use super::structure::{Field, Structure};
use super::title::Title;
use crate::ids::TypeId;

/// A thing type in one of its versions (things.md 2.7).
#[derive(Clone, Debug)]
pub struct ThingType {
    /// Its id on the wire.
    pub id: TypeId,
    /// Its English name.
    pub name: &'static str,
    /// The local name of the root element of its data-xml; empty for the pseudo base type.
    pub root: &'static str,
    /// The namespace of the root; only document types that others define have one (things.md 1.3).
    pub root_namespace: Option<&'static str>,
    /// Which version of its family, from 1.
    pub sequence: u32,
    /// The path below the root that holds the effective date, if it has one (things.md 3).
    pub effective_date: Option<&'static str>,
    /// The path below the root that holds the end date, if it has one (things.md 4.6).
    pub end_date: Option<&'static str>,
    /// No application may create one.
    pub uncreatable: bool,
    /// No one may change one.
    pub immutable: bool,
    /// A record holds at most one.
    pub singleton: bool,
    /// An instance may carry the read-only flag.
    pub allow_readonly: bool,
    /// There is something better; it is kept for those who have it.
    pub deprecated: bool,
    /// Its data is a document that others define: nobody looks inside.
    pub opaque: bool,
    /// Its data is in blobs, or some of it.
    pub blobs: bool,
    /// The file name of its public schema.
    pub xsd: &'static str,
    /// The target namespace of that schema. Instances are in no namespace.
    pub namespace: &'static str,
    /// The name of its family, if it has other versions.
    pub family_name: Option<&'static str>,
    /// The version before.
    pub prev: Option<TypeId>,
    /// The version after.
    pub next: Option<TypeId>,
    /// How a thing is said in one line.
    pub title: Title,
    /// What a chart shows.
    pub measures: Vec<Measure>,
    /// What a query can be ordered by (things.md 4.3).
    pub order: Vec<OrderProperty>,
    /// The FHIR resource, and what else is known of it.
    pub fhir: Option<&'static str>,
    /// Elements and attributes of the root.
    pub structure: Structure,
    /// The file that describes it.
    pub file: &'static str,
    pub(super) family: usize,
    pub(super) local: Types,
}

/// A number to be shown in a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// What it is called in English.
    pub label: &'static str,
    /// Where it stands.
    pub path: Path,
    /// Its unit in UCUM.
    pub unit: &'static str,
}

/// A property that a query can be ordered by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderProperty {
    /// Its name.
    pub name: &'static str,
    /// Its type, as GetThingType answers it.
    pub kind: &'static str,
    /// Its path as it is answered: the root stands first.
    pub xpath: &'static str,
    /// The same path below the root.
    pub path: Path,
    /// Multiplier and offset to the unit that all versions share, as they are written.
    pub conversion: Option<(&'static str, &'static str)>,
}

impl ThingType {
    /// Its fields in order; none for a document that others define.
    #[must_use]
    pub fn fields(&self) -> Vec<&Field> {
        self.structure.fields()
    }

    /// The id that its versions share, made from the family's name. It only groups them: no thing names it,
    /// and the ids of the original are not known (things.md 5).
    #[must_use]
    pub fn family_id(&self) -> Uuid {
        let name = self.family_name.unwrap_or(self.root);
        let name = if name.is_empty() { self.xsd } else { name };
        Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{}:{name}", self.namespace).as_bytes())
    }

    /// Its name with the number of its version, where it has others.
    #[must_use]
    pub fn version_name(&self) -> String {
        match self.family_name {
            Some(_) => format!("{} {}", self.name, self.sequence),
            None => self.name.to_owned(),
        }
    }

    pub(super) fn new(file: ThingFile, family: usize) -> Result<Self, NotationError> {
        let ThingFile { source, header, structure, local } = file;
        let has = |prop| header.props.contains(&prop);
        let paths = Paths { structure: &structure, source };
        let title = Title::read(header.title.value, &structure);
        let title = title.map_err(|(expected, found)| source.error(header.title.line, expected, found))?;
        Ok(Self {
            id: TypeId(header.id),
            name: header.name,
            root: header.root,
            root_namespace: header.root_namespace,
            sequence: header.version,
            effective_date: header.eff.map(|at| paths.date(at)).transpose()?,
            end_date: header.end.map(|at| paths.date(at)).transpose()?,
            uncreatable: has("uncreatable"),
            immutable: has("immutable"),
            singleton: has("singleton"),
            allow_readonly: !has("noreadonly"),
            deprecated: has("deprecated"),
            opaque: has("opaque"),
            blobs: has("blobs"),
            xsd: header.xsd,
            namespace: header.namespace,
            family_name: header.family,
            prev: header.prev.map(TypeId),
            next: header.next.map(TypeId),
            title,
            measures: paths.measures(&header)?,
            order: paths.order(&header)?,
            fhir: header.fhir,
            structure,
            file: source.file,
            family,
            local,
        })
    }
}

/// Reads the paths of a head: each must lead somewhere in the structure.
struct Paths<'a> {
    structure: &'a Structure,
    source: super::notation::Source,
}

impl Paths<'_> {
    fn read(&self, line: usize, text: &'static str) -> Result<Path, NotationError> {
        let path = Path::slashes(text, self.structure);
        path.ok_or_else(|| self.source.error(line, "a path that the type has", text))
    }

    fn date(&self, at: At<&'static str>) -> Result<&'static str, NotationError> {
        match self.read(at.line, at.value)?.target(self.structure) {
            Some(Target::Field(field)) if path::is_date(&field.kind) => Ok(at.value),
            _ => Err(self.source.error(at.line, "a path to a date", at.value)),
        }
    }

    fn measures(&self, header: &Header) -> Result<Vec<Measure>, NotationError> {
        let read = |at: &At<super::notation::MeasureLine>| {
            let path = self.read(at.line, at.value.path)?;
            let numeric = match path.target(self.structure) {
                Some(Target::Field(field)) => path::is_numeric(&field.kind),
                Some(Target::Attribute(attribute)) => attribute.text.primitive.is_numeric(),
                None => false,
            };
            if !numeric {
                return Err(self.source.error(at.line, "a path to a number", at.value.path));
            }
            Ok(Measure { label: at.value.label, path, unit: at.value.unit })
        };
        header.measures.iter().map(read).collect()
    }

    fn order(&self, header: &Header) -> Result<Vec<OrderProperty>, NotationError> {
        let mut found: Vec<OrderProperty> = Vec::new();
        for At { line, value } in &header.order {
            let below = value.path.strip_prefix(header.root).and_then(|p| p.strip_prefix('/'));
            let wanted = || self.source.error(*line, "a path that begins with the root", value.path);
            let path = self.read(*line, below.ok_or_else(wanted)?)?;
            if found.iter().any(|other| other.name == value.name) {
                return Err(self.source.error(*line, "a name that is not taken", value.name));
            }
            found.push(OrderProperty {
                name: value.name,
                kind: value.kind,
                xpath: value.path,
                path,
                conversion: value.conversion,
            });
        }
        Ok(found)
    }
}
