import Bytes
import JSON
import Testing

private func written(_ value: JSONValue, _ layout: JSONWriter.Layout = .compact) -> String {
  var out = ByteBuffer()
  JSONWriter.write(value, to: &out, layout: layout)
  return out.view.text
}

@Suite("JSON as it is written") struct JSONWriterTests {
  @Test(
    "compact text reads and writes alike",
    arguments: [
      "null", "true", "1.0", "\"å\\n\\\"\\\\\\u0001🏫\"", "[]", "{}", #"[1,[2,{"a":[]}],{"b":{},"a":null}]"#,
      #"{"z":1,"a":[true,false,"x"],"m":{"n":-5e2}}"#,
    ])
  func compact(_ text: String) throws { #expect(try written(parsed(text).value) == text) }

  @Test("pretty text has a line for every part and reads back the same")
  func pretty() throws {
    let value = try parsed(#"{"a":[1,{"b":[]}],"c":{},"d":"x"}"#).value
    let text = written(value, .pretty)
    #expect(
      text == """
        {
          "a": [
            1,
            {
              "b": []
            }
          ],
          "c": {},
          "d": "x"
        }

        """)
    #expect(try parsed(text).value == value)
  }

  @Test("equality looks at content: order of members aside, spelling of numbers not")
  func equality() throws {
    #expect(try parsed(#"{"a":1,"b":[null]}"#).value == parsed(#"{ "b":[ null ], "a":1 }"#).value)
    #expect(try parsed(#"{"a":1}"#).value != parsed(#"{"a":1.0}"#).value)
    #expect(try parsed("[1,2]").value != parsed("[2,1]").value)
    #expect(try parsed("{}").value != parsed("[]").value)
  }

  @Test("a tree deeper than any text that is read is written without recursion")
  func deep() {
    var value = JSONValue.array([])
    for _ in 0..<5_000 { value = .array([JSONNode(value)]) }
    #expect(written(value).utf8.count == 10_002)
  }
}

@Suite("JSON for people to edit") struct FittedJSONTests {
  @Test(
    "what fits on a line stands on one",
    arguments: [
      (200, "{ \"a\": [1, { \"b\": [] }], \"c\": { \"d\": \"x\" } }\n"),
      (24, "{\n  \"a\": [1, { \"b\": [] }],\n  \"c\": { \"d\": \"x\" }\n}\n"),
      (16, "{\n  \"a\": [\n    1,\n    { \"b\": [] }\n  ],\n  \"c\": {\n    \"d\": \"x\"\n  }\n}\n"),
    ])
  func fitted(_ width: Int, _ expected: String) throws {
    let value = try parsed(#"{"a":[1,{"b":[]}],"c":{"d":"x"}}"#).value
    let text = written(value, .fitted(width: width))
    #expect(text == expected)
    #expect(try parsed(text).value == value)
  }

  @Test("depth is no danger")
  func deep() throws {
    let text = String(repeating: "[", count: 300) + String(repeating: "]", count: 300)
    let value = try parsed(text).value
    #expect(try parsed(written(value, .fitted(width: 10))).value == value)
    #expect(JSONWriter.line(.object([("a", .list([.text("x"), .count(2)]))])) == #"{ "a": ["x", 2] }"#)
  }
}
