//! Unusual but valid data survives byte for byte inside data-xml.

use keepwell_testkit::{World, info_only, on_both_engines};
use keepwell_wire::roxmltree::Document;

use crate::desk::{As, Desk, WEIGHT, get_weights};

const HEAD: &str = "<weight><when><date><y>2026</y><m>6</m><d>1</d></date></when><value><kg>";

async fn round(desk: &Desk, data: &str) -> String {
    let info = info_only(&format!("<thing><type-id>{WEIGHT}</type-id><data-xml>{data}</data-xml></thing>"));
    desk.good("PutThings", 2, &info, As::Online).await;
    inside(&desk.good("GetThings", 3, &get_weights(), As::Online).await.text)
}

/// What stands inside the first data-xml of an answer, which is the newest.
fn inside(answer: &str) -> String {
    Document::parse(answer).expect("well-formed");
    let (_, rest) = answer.split_once("<data-xml>").unwrap();
    rest.split_once("</data-xml><eff-permissions").unwrap().0.to_owned()
}

on_both_engines!(unusual_data_survives_byte_for_byte, |world: World| async move {
    let desk = Desk::of(world).await;
    let extension = |inside: &str| {
        format!("{HEAD}70</kg></value></weight><common><extension source=\"x\">{inside}</extension></common>")
    };
    let long = "0123456789 é 𝔘 ".repeat(20_000);
    for data in [
        // Letters beyond the first plane, combining marks, right to left, and what cannot be seen.
        extension("<a>Zoë Zoe\u{308} 𝔘𝔫𝔦 👩‍⚕️ שלום \u{200f}\u{200b}\u{feff}\u{a0}\u{2028}</a>"),
        extension("<naïve äö='ü'/>"),
        // Line ends, white space and the end of a line in an attribute.
        extension("<a b=\"1\r\n2\t3\">\r\n \r \t\n</a>\r\n"),
        extension("<a>&#13;&#xD;&#x9;&#10;&#x1F600;</a>"),
        extension("<a b='&quot;&apos;&#x22;' c=\"'&lt;&gt;\">&lt;&gt;&amp;&apos;&quot; > ]] ></a>"),
        extension("<a><![CDATA[<b>&amp;</data-xml></thing></info>]]><![CDATA[]]>]]&gt;</a>"),
        extension("<!-- <b> & </info> --><a><!----></a><?pi <b> &x; ?><?q?>"),
        extension(
            "<p:a xmlns:p='urn:1'><p:a xmlns:p='urn:2' p:b='' xmlns=\"urn:3\"><c xmlns=''/></p:a></p:a >",
        ),
        extension("<a   b = '1'\n c=\"2\"  ></a   ><a  /><a></a>"),
        extension("<a xml:space='preserve' xml:lang='nl'>  </a>"),
        extension(&format!("<a>{long}</a>")),
        format!("\n  {HEAD}0070.50</kg></value>\n</weight> <!-- between --> <?and more?>\r\n<common />\r\n"),
        format!("<!-- first -->{HEAD}\r\n +7.0e1 \t</kg></value></weight ><common></common>"),
        format!("{HEAD}<![CDATA[70]]></kg></value></weight><common/>"),
        format!("{HEAD}7<!-- -->0</kg></value></weight><common><note>\u{85} 007 </note></common>"),
    ] {
        desk.world.clock.advance(1_000_000);
        let again = round(&desk, &data).await;
        assert!(again == data, "{} became {}", data.escape_debug(), again.escape_debug());
    }
});

on_both_engines!(
    namespaces_that_are_declared_above_are_carried_along_and_nothing_else_is_touched,
    |world: World| async move {
        let desk = Desk::of(world).await;
        let data = format!(
            "{HEAD}70</kg></value></weight><common><extension source='x'><i:a t:b='1' d:c='i:x'><t:d/></i:a></extension></common>"
        );
        let info = format!(
            "<info xmlns:i=\"urn:i\" xmlns:unused=\"urn:u\"><thing xmlns:t=\"urn:t&amp;\"><type-id>{WEIGHT}</type-id>\
         <data-xml xmlns:d='urn:d'>{data}</data-xml></thing></info>"
        );
        desk.good("PutThings", 2, &info, As::Online).await;
        let found = inside(&desk.good("GetThings", 3, &get_weights(), As::Online).await.text);
        let (before, after) = found.split_once("<common").unwrap();
        let (declared, after) = after.split_once('>').unwrap();
        assert_eq!(format!("{before}<common>{after}"), data);
        for expected in ["xmlns:i=\"urn:i\"", "xmlns:t=\"urn:t&amp;\"", "xmlns:d=\"urn:d\""] {
            assert!(declared.contains(expected), "{declared}");
        }
        assert!(!declared.contains("unused"));
        // Read and written back, it stays as it is.
        desk.world.clock.advance(1_000_000);
        assert_eq!(round(&desk, &found).await, found);
    }
);
