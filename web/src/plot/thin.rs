//! Fewer points where there are more than can be told apart.

/// At most about so many points over a span: where several fall together, their mean stands for them. Answers
/// the points, and whether any stands for several.
#[must_use]
pub fn thin(points: &[(i64, f64)], span: (i64, i64), most: usize) -> (Vec<(i64, f64)>, bool) {
    if points.len() <= most || most == 0 {
        return (points.to_vec(), false);
    }
    let width = ((span.1 - span.0) / i64::try_from(most).unwrap_or(1)).max(1);
    let mut thinned: Vec<(i64, f64)> = Vec::new();
    let mut bucket: Option<(i64, i64, f64, u32)> = None;
    for (at, y) in points {
        let place = (at - span.0).div_euclid(width);
        bucket = Some(match bucket {
            Some((known, first, sum, count)) if known == place => (known, first, sum + y, count + 1),
            other => {
                thinned.extend(other.map(mean));
                (place, *at, *y, 1)
            }
        });
    }
    thinned.extend(bucket.map(mean));
    (thinned, true)
}

fn mean((_, first, sum, count): (i64, i64, f64, u32)) -> (i64, f64) {
    (first, sum / f64::from(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_points_stay_as_they_are_and_many_become_means() {
        let points: Vec<(i64, f64)> =
            (0..1000).map(|n| (n * 10, f64::from(i32::try_from(n % 2).unwrap()))).collect();
        assert_eq!(thin(&points[..5], (0, 10_000), 10), (points[..5].to_vec(), false));
        let (thinned, means) = thin(&points, (0, 10_000), 100);
        assert!(means && thinned.len() <= 101);
        assert!(thinned.iter().all(|(_, y)| (*y - 0.5).abs() < 1e-9));
        assert!(thinned.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
