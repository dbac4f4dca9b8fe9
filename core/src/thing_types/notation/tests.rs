use super::super::structure::{Content, Definition, Kind, Occurs, Particle};
use super::*;

const SOURCE: Source = Source { file: "x.thing" };

const HEAD: &str = "thing 3d34d87e-7fc1-4153-800f-f56592cb0d17 \"A name\"\n  root x\n  xsd x.xsd  ns urn:x\n";

fn leaked(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

fn read(rest: &str) -> Result<ThingFile, String> {
    let base =
        types(Source { file: "base.types" }, "when = (date:string zone?:string)\nlevel = int [1..7]\n", None);
    thing(SOURCE, leaked(format!("{HEAD}{rest}")), &base.unwrap()).map_err(|e| e.to_string())
}

fn names(particles: &[Particle]) -> Vec<&'static str> {
    particles.iter().map(|p| if let Particle::Field(f) = p { f.name } else { "-" }).collect()
}

#[test]
fn a_file_has_a_head_a_body_and_its_own_types() {
    let file = read(
        "  family x v2  prev 3d34d87e-7fc1-4153-800f-f56592cb0d18\n  props singleton blobs\n\
         \x20 eff when else created  # as told\n  order a:double=x/a *0.45-2\n  order b : int = x/b\n\
         \x20 measure \"A label\" a mm[Hg]\n  title \"{a}[, {b}]\"\n  fhir Observation code=1\n\
         body\n  when? : when ; l=\"When it was\"\n  a* : Local\n  c{1,7} : string \"A\"/\"B c\"\n  d : int =20000\n  any*\n\
         local\n  Local = (\n    x : level\n    again? : Local\n  )\n  Enum = string \"A\"/\"B\"\n",
    );
    let file = file.unwrap();
    assert_eq!((file.header.family, file.header.version), (Some("x"), 2));
    assert_eq!(file.header.props, ["singleton", "blobs"]);
    assert_eq!(file.header.eff.map(|at| at.value), Some("when"));
    assert_eq!(file.header.order.len(), 2);
    assert_eq!(file.header.order[0].value.conversion, Some(("0.45", "-2")));
    assert_eq!(file.header.title.value, "{a}[, {b}]");
    assert_eq!(names(file.structure.particles()), ["when", "a", "c", "d", "-"]);
    let fields = file.structure.fields();
    assert_eq!(fields[0].hints.label, Some("When it was"));
    assert_eq!(fields[2].occurs, Occurs { min: 1, max: Some(7) });
    assert_eq!(fields[2].kind.text().unwrap().facets.values, ["A", "B c"]);
    assert_eq!(fields[3].kind.text().unwrap().facets.default, Some("20000"));
    let local = fields[1].kind.structure().unwrap();
    let again = local.field("again").unwrap();
    assert!(matches!(again.kind, Kind::Named(named) if named.name() == "Local"));
    assert_eq!(local.field("x").unwrap().kind.type_name(), Some("level"));
}

#[test]
fn groups_and_choices_nest() {
    let file = read(
        "body\n  |? a : string\n  | ( b : int c? : int )\n  d : (\n    e : int ; u=kg\n    | f : int\n    | g : int\n  ) ; l=D\n\
         \x20 h : (x:int | y:int z:int)\n  @k? : string\n  i : ( ; l=I\n    j : int\n  )\n",
    );
    let file = file.unwrap();
    let particles = file.structure.particles();
    assert_eq!(names(particles), ["-", "d", "h", "i"]);
    let Particle::Choice(choice) = &particles[0] else { unreachable!() };
    assert!(choice.optional);
    assert_eq!(choice.alternatives.iter().map(|a| names(a)).collect::<Vec<_>>(), [vec!["a"], vec!["b", "c"]]);
    let d = file.structure.field("d").unwrap();
    assert_eq!(names(d.kind.structure().unwrap().particles()), ["e", "-"]);
    assert_eq!(d.hints.label, Some("D"));
    let h = file.structure.field("h").unwrap().kind.structure().unwrap();
    let Particle::Choice(choice) = &h.particles()[0] else { unreachable!() };
    assert_eq!(choice.alternatives.iter().map(|a| names(a)).collect::<Vec<_>>(), [vec!["x"], vec!["y", "z"]]);
    assert!(!file.structure.attribute("k").unwrap().required);
    assert_eq!(file.structure.field("i").unwrap().hints.label, Some("I"));
}

#[test]
fn facets_narrow_what_they_stand_on() {
    let text = "a = double >0 <=1.5\nb = a [0.2..]\nc = string len[0..64] nonblank ~\"x+\"\nd = double (@u:string @v?:b)\n";
    let types = types(Source { file: "t" }, text, None).unwrap();
    let Some(Definition::Text(b)) = types.find("b").unwrap().definition() else { unreachable!() };
    let bounds = (b.facets.min.unwrap(), b.facets.max.unwrap());
    assert_eq!((bounds.0.text, bounds.0.exclusive, bounds.1.text), ("0.2", false, "1.5"));
    let Some(Definition::Text(c)) = types.find("c").unwrap().definition() else { unreachable!() };
    assert_eq!((c.facets.min_length, c.facets.max_length, c.facets.nonblank), (Some(0), Some(64), true));
    assert!(c.facets.patterns[0].fits("xx") && !c.facets.patterns[0].fits("xxy"));
    let Some(Definition::Complex(d)) = types.find("d").unwrap().definition() else { unreachable!() };
    assert!(matches!(d.content, Content::Text(_)));
    assert!(d.attribute("u").unwrap().required);
}

#[test]
fn errors_say_where_and_what() {
    for (rest, said) in [
        ("  colour red\n", "x.thing, line 4: expected a key of the head, found colour"),
        ("  props shiny\n", "x.thing, line 4: expected one of immutable,"),
        ("body\n  a : unheard-of\n", "x.thing, line 5: expected a type that is known, found unheard-of"),
        ("body\n  a string\n", "x.thing, line 5: expected a colon and a type, found the end of the line"),
        ("body\n  a : (b : int\n", "x.thing, line 5: expected ')', found the end of the file"),
        ("body\n  a : string \"A\n", "x.thing, line 5: expected a closing sign, found \"A"),
        ("body\n  a : string )\n", "x.thing, line 5: expected a field, found )"),
        ("body\n  a{5,2} : int\n", "x.thing, line 5: expected {least,most}, found {5,2}"),
        ("body\n  a : when [1..2]\n", "x.thing, line 5: expected a type of text, found when"),
        ("body\nstray : int\n", "x.thing, line 5: expected an indented line"),
        ("  family x two\n", "x.thing, line 4: expected v<number>, found two"),
        ("  order a\n", "x.thing, line 4: expected name : type = path [*m+b], found a"),
        ("  eff when else never\n", "x.thing, line 4: expected else created"),
    ] {
        let error = read(rest).unwrap_err();
        assert!(error.starts_with(said), "{error}");
    }
}

#[test]
fn nothing_that_is_cut_short_or_doubled_makes_it_panic() {
    let whole = format!(
        "{HEAD}  eff when\n  title \"{{a}}\"\nbody\n  when : when\n  | a : (x:int | y:int)\n  | b : string len[1..] ~\"x\" ; l=\"B\"\n"
    );
    for cut in 0..whole.len() {
        let _ = thing(SOURCE, leaked(whole[..cut].to_owned()), &Types::default());
        let _ = thing(
            SOURCE,
            leaked(format!("{}{}", &whole[..cut], &whole[cut.saturating_sub(3)..])),
            &Types::default(),
        );
    }
    let deep = format!("{HEAD}body\n  a : {}", "(b : ".repeat(18));
    assert!(thing(SOURCE, leaked(deep), &Types::default()).is_err());
}
