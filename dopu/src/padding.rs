//! ISO 10126 padding: random filler, and in the last byte how many bytes of padding there are.

/// Fills `buffer` up to a whole number of blocks, by at least one byte and at most one block.
pub fn pad(buffer: &mut Vec<u8>, block: usize, fill: &dyn Fn(&mut [u8])) {
    let length = buffer.len();
    let count = block - length % block;
    buffer.resize(length + count, 0);
    let (filler, last) = buffer[length..].split_at_mut(count - 1);
    fill(filler);
    last[0] = count as u8;
}

/// The length without padding, and whether the padding can be right where `least` bytes stand before it.
///
/// If it cannot, the length is that of the shortest padding, so that whoever goes on has about the same
/// work: bad padding must not be told from anything else that is wrong (connectivity.md 4.7).
pub fn unpadded(padded: &[u8], block: usize, least: usize) -> (usize, bool) {
    let count = usize::from(padded.last().copied().unwrap_or_default());
    let is_right = (count >= 1) & (count <= block) & (least + count <= padded.len());
    let count = if is_right { count } else { 1 };
    (padded.len().saturating_sub(count), is_right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_is_always_there_and_its_filler_is_the_callers() {
        for (length, count) in [(0, 8), (1, 7), (7, 1), (8, 8), (15, 1)] {
            let mut buffer = vec![1; length];
            pad(&mut buffer, 8, &|filler| filler.fill(9));
            assert_eq!(buffer.len(), length + count);
            assert_eq!(buffer.last(), Some(&(count as u8)));
            assert!(buffer[length..buffer.len() - 1].iter().all(|b| *b == 9));
            assert_eq!(unpadded(&buffer, 8, 0), (length, true));
        }
    }

    #[test]
    fn padding_out_of_range_is_wrong() {
        let ending_in = |last| [0, 0, 0, 0, 0, 0, 0, last];
        assert_eq!(unpadded(&ending_in(0), 8, 0), (7, false));
        assert_eq!(unpadded(&ending_in(9), 8, 0), (7, false));
        assert_eq!(unpadded(&ending_in(8), 8, 0), (0, true));
        assert_eq!(unpadded(&ending_in(8), 8, 1), (7, false), "it would reach into what must be there");
    }
}
