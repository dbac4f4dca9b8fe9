//! A picture that a person chose, made small and plain. Pure: bytes in, bytes out.
//!
//! What a camera writes beside the picture (where and when it was taken) does not come along, and a file that is
//! something else under the name of a picture does not come through.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, Rgb, RgbImage};

/// The longest file that is looked at, in bytes.
pub const LARGEST: usize = 16 * 1000 * 1000;
/// Width and height of what is kept, in pixels: sharp at the size in which pages show it.
pub const SIDE: u32 = 256;
/// The most pixels on a side of the original.
const LONGEST_SIDE: u32 = 12_000;
/// The most memory for the original, in bytes: a photograph of some 50 megapixels.
const MEMORY: u64 = 192 * 1024 * 1024;
/// The quality of the JPEG, of 100.
const QUALITY: u8 = 85;

/// Why a file was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAPicture {
    /// Not PNG, JPEG, GIF or WebP, or damaged.
    #[error("this is no picture that can be read")]
    Unreadable,
    /// More pixels than we make room for.
    #[error("this picture is too large")]
    TooLarge,
}

/// The middle of a picture as a square JPEG of [`SIDE`] pixels, upright, on white.
///
/// # Errors
/// `NotAPicture` saying why the file was not taken.
pub fn portrait(file: &[u8]) -> Result<Vec<u8>, NotAPicture> {
    let mut reader = ImageReader::new(Cursor::new(file));
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let reader = reader.with_guessed_format().map_err(|_| NotAPicture::Unreadable)?;
    let mut decoder = reader.into_decoder().map_err(why)?;
    let orientation = decoder.orientation().map_err(why)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(why)?;
    picture.apply_orientation(orientation);
    let small = picture.resize_to_fill(SIDE, SIDE, FilterType::Triangle);
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode_image(&on_white(&small)).map_err(why)?;
    Ok(jpeg)
}

fn why(error: image::ImageError) -> NotAPicture {
    match error {
        image::ImageError::Limits(_) => NotAPicture::TooLarge,
        _ => NotAPicture::Unreadable,
    }
}

/// A JPEG has no transparency.
fn on_white(picture: &DynamicImage) -> RgbImage {
    let rgba = picture.to_rgba8();
    RgbImage::from_fn(rgba.width(), rgba.height(), |x, y| {
        let [r, g, b, a] = rgba.get_pixel(x, y).0;
        let over = |ink: u8| {
            let blended = (u32::from(ink) * u32::from(a) + 255 * (255 - u32::from(a))) / 255;
            u8::try_from(blended).unwrap_or(u8::MAX)
        };
        Rgb([over(r), over(g), over(b)])
    })
}

#[cfg(test)]
mod tests {
    use image::{ImageFormat, Rgba, RgbaImage};

    use super::*;

    /// A picture whose left half is red and whose right half is clear, wider than high.
    fn wide(format: ImageFormat) -> Vec<u8> {
        let picture = RgbaImage::from_fn(600, 300, |x, _| match x < 300 {
            true => Rgba([255, 0, 0, 255]),
            false => Rgba([0, 0, 0, 0]),
        });
        let mut file = Cursor::new(Vec::new());
        DynamicImage::from(picture).write_to(&mut file, format).unwrap();
        file.into_inner()
    }

    fn near(pixel: Rgb<u8>, wanted: [u8; 3]) -> bool {
        pixel.0.iter().zip(wanted).all(|(is, wanted)| is.abs_diff(wanted) < 12)
    }

    #[test]
    fn a_picture_becomes_a_small_square_on_white() {
        for format in [ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
            let small = image::load_from_memory(&portrait(&wide(format)).unwrap()).unwrap().to_rgb8();
            assert_eq!((small.width(), small.height()), (SIDE, SIDE));
            assert!(near(*small.get_pixel(20, 100), [255, 0, 0]), "{format:?}");
            assert!(near(*small.get_pixel(230, 100), [255, 255, 255]), "{format:?}");
        }
    }

    /// A JPEG, red above and blue below, with an Exif part that says "turned upside down" and where it was taken.
    fn turned() -> Vec<u8> {
        let picture =
            RgbImage::from_fn(64, 64, |_, y| if y < 32 { Rgb([255, 0, 0]) } else { Rgb([0, 0, 255]) });
        let mut plain = Vec::new();
        JpegEncoder::new_with_quality(&mut plain, 95).encode_image(&picture).unwrap();
        let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
        exif.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x03\0\0");
        exif.extend(b"\x01\x0e\0\x02\0\0\0\x08\0\0\0\x26\0\0\0\0AtHome1\0");
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&plain[..2], &[0xff, 0xe1], &length, &exif, &plain[2..]].concat()
    }

    #[test]
    fn it_stands_upright_and_what_the_camera_wrote_is_gone() {
        let file = turned();
        assert!(file.windows(7).any(|part| part == b"AtHome1"));
        let kept = portrait(&file).unwrap();
        assert!(
            !kept.windows(7).any(|part| part == b"AtHome1") && !kept.windows(4).any(|part| part == b"Exif")
        );
        let small = image::load_from_memory(&kept).unwrap().to_rgb8();
        assert!(near(*small.get_pixel(128, 20), [0, 0, 255]), "{:?}", small.get_pixel(128, 20));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for file in
            [&b""[..], b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"BM"]
        {
            assert_eq!(portrait(file), Err(NotAPicture::Unreadable), "{file:?}");
        }
        let mut cut = wide(ImageFormat::Png);
        cut.truncate(cut.len() / 2);
        assert_eq!(portrait(&cut), Err(NotAPicture::Unreadable));
    }

    #[test]
    fn a_small_file_that_says_it_is_huge_is_refused_before_it_is_made() {
        let mut file = wide(ImageFormat::Png);
        // Width and height stand at a fixed place; the checksum of that part is put right.
        file[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
        let sum = crc(&file[12..29]).to_be_bytes();
        file[29..33].copy_from_slice(&sum);
        assert_eq!(portrait(&file), Err(NotAPicture::TooLarge));
    }

    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0, |sum: u32, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
                (sum >> 1) ^ (0xedb8_8320 & 0u32.wrapping_sub(sum & 1))
            })
        })
    }
}
