//! Things in one version of their type, written as another.

use keepwell_core::thing_types::{self, CannotCarry, Carried, ThingType, carry, validate_data};

use crate::generate::{Amount, Chance, document};

/// Each type with a neighbour of its family.
fn neighbours() -> impl Iterator<Item = (&'static ThingType, &'static ThingType)> {
    thing_types::all().iter().flat_map(|kind| {
        [kind.prev, kind.next].into_iter().flatten().map(move |id| (kind, thing_types::find(id).unwrap()))
    })
}

fn named(kind: &ThingType) -> String {
    format!("{} v{}", kind.family_name.unwrap(), kind.sequence)
}

#[test]
fn whatever_is_valid_is_valid_in_the_other_version_or_refused_with_a_reason() {
    let mut tried = 0;
    for (kind, other) in neighbours() {
        let mut carried = 0;
        for seed in 0..12 {
            let mut chance = Chance::new(seed);
            for amount in [Amount::All, Amount::Least] {
                let xml = document(kind, amount, usize::try_from(seed).unwrap(), &mut chance).xml(None);
                tried += 1;
                match carry(kind.id, other.id, &xml) {
                    Ok(Carried { data_xml, .. }) => {
                        validate_data(other, &data_xml).unwrap();
                        carried += 1;
                        match carry(other.id, kind.id, &data_xml) {
                            Ok(back) => validate_data(kind, &back.data_xml).unwrap(),
                            Err(CannotCarry::Missing { .. }) => {}
                            Err(why) => panic!("{} and back: {why}\n{data_xml}", named(kind)),
                        }
                    }
                    Err(why @ CannotCarry::Missing { .. }) => {
                        assert!(why.to_string().contains("needs"), "{why}");
                    }
                    Err(why) => panic!("{} to v{}: {why}\n{xml}", named(kind), other.sequence),
                }
            }
        }
        assert!(carried > 0, "{} to v{}: never", named(kind), other.sequence);
    }
    assert!(tried > 500, "only {tried}");
}
