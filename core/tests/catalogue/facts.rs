//! The catalogue beside the protocol's list of types and vocabularies, where those are at hand.

