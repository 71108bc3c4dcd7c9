import Foundation
import Problems
import Server
import TestSupport
import Testing

/// `/resolve` of the demo site: one code or name, and a column of them.
struct LookupTests {
  private func ask(_ parameters: [String: String], _ headers: [String: String] = [:]) async throws -> WebResponse {
    try await ServedSite.demo.get().answer("/resolve?" + FormFields().replacing(parameters).text, headers)
  }

  /// What registers answer to a question.
  private func results(_ parameters: [String: String]) async throws -> [[String: Any]] {
    let answer = try await ask(parameters)
    #expect(answer.status == 200)
    #expect(answer.header("Content-Type") == "application/json")
    #expect(answer.header("Access-Control-Allow-Origin") == "*")
    let json = try JSONSerialization.jsonObject(with: Data(try await answer.text.utf8)) as? [String: Any]
    return json?["results"] as? [[String: Any]] ?? []
  }

  @Test(arguments: [
    ("key", "1880", "key", 100), ("q", "1880", "key", 100), ("q", "Örebro", "name", 100), ("q", "Örebros kommun", "form", 95),
    ("q", "OREBRO", "letters", 90), ("q", "Örebrro", "slip", 80), ("q", "https://w3id.org/kommungraf/id/kommun/1880", "key", 100),
  ])
  func aCodeOrNameIsAnswered(_ parameter: String, _ text: String, _ match: String, _ score: Int) async throws {
    let found = try #require(try await results(["register": "kommun", parameter: text]).first)
    #expect(found["iri"] as? String == "https://w3id.org/kommungraf/id/kommun/1880")
    #expect(found["key"] as? String == "1880")
    #expect(found["label"] as? String == "Örebro")
    #expect(found["status"] as? String == "found")
    #expect(found["match"] as? String == match)
    #expect(found["score"] as? Int == score)
    #expect(found["type"] as? String == "https://w3id.org/kommungraf/ns/Kommun")
    #expect(found["problem"] == nil)
  }

  @Test func whatMayBeTwoIsOfferedAndNotDecided() async throws {
    let found = try #require(try await results(["register": "kommun", "q": "Haboo"]).first)
    #expect(found["status"] as? String == "ambiguous")
    #expect(found["iri"] == nil)
    let candidates = found["candidates"] as? [[String: Any]] ?? []
    #expect(candidates.compactMap { $0["label"] as? String }.sorted() == ["Habo", "Håbo"])
    #expect((found["problem"] as? [String: Any])?["code"] as? String == "register-ambiguous")
  }

  @Test(arguments: [
    ("kommun", "1917", "replaced", ["https://w3id.org/kommungraf/id/kommun/0331"], "2006-12-31"),
    ("lan", "15", "merged", ["https://w3id.org/kommungraf/id/lan/14"], "1997-12-31"),
    ("forskola", "1880-2", "retired", [], "2025-06-30"),
    ("forskola", "1880-3", "replaced", ["https://data.example.se/id/forskola/1880-1"], nil),
    ("forskola", "1880-4", "merged", ["https://data.example.se/id/forskola/1880-6"], nil),
    (
      "forskola", "1880-7", "split", ["https://data.example.se/id/forskola/1880-8", "https://data.example.se/id/forskola/1880-9"],
      "2025-06-30"
    ),
    ("forskola", "1880-10", "found", [], nil),
  ])
  func whatHasEndedSaysWhatGoesOn(_ register: String, _ key: String, _ status: String, _ successors: [String], _ last: String?) async throws
  {
    let found = try #require(try await results(["register": register, "key": key]).first)
    #expect(found["status"] as? String == status)
    #expect((found["isReplacedBy"] as? [[String: Any]] ?? []).compactMap { $0["iri"] as? String } == successors)
    if let last { #expect(found["validTo"] as? String == last) }
  }

  @Test func aDaySaysWhichCodeWasMeant() async throws {
    #expect(try await results(["register": "kommun", "q": "Heby", "date": "2000-05-01"]).first?["key"] as? String == "1917")
    #expect(try await results(["register": "kommun", "q": "Heby", "date": "2020-05-01"]).first?["key"] as? String == "0331")
    let early = try #require(try await results(["register": "kommun", "q": "0331", "date": "2000-05-01"]).first)
    #expect(early["status"] as? String == "not-valid" && early["iri"] == nil)
    #expect((early["candidates"] as? [[String: Any]])?.first?["key"] as? String == "0331")
  }

  @Test func withoutARegisterAllAnswerThatHaveSomethingToSay() async throws {
    let found = try await results(["q": "Örebro"])
    #expect(Set(found.compactMap { $0["register"] as? String }) == ["kommun", "lan", "organisation"])
    #expect(try await results(["q": "Region Skåne"]).compactMap { $0["iri"] as? String } == ["https://w3id.org/kommungraf/id/lan/12"])
    #expect(try await results(["q": "556334-8449"]).compactMap { $0["key"] as? String } == ["5563348449"])
    let none = try await results(["q": "Trondhjem"])
    #expect(none.allSatisfy { $0["status"] as? String == "unknown" && $0["candidates"] != nil })
    #expect(try await results(["q": "xyzxyzxyzxyz"]).isEmpty)
    let page = try await ask(["q": "xyzxyzxyzxyz"], ["accept": "text/html", "accept-language": "en"]).text
    #expect(page.contains("No register has anything"))
  }

  @Test(arguments: [
    "../../etc/passwd", "1880/..", "%C3%96rebro", "\u{41E}rebro", "Örebro\u{202E}", "a\0b", String(repeating: "å", count: 3000), "18880",
  ])
  func whatIsNoCodeIsAnsweredWithoutOne(_ text: String) async throws {
    for parameter in ["q", "key"] {
      let found = try #require(try await results(["register": "kommun", parameter: text]).first)
      #expect(["unknown", "refused"].contains(found["status"] as? String))
      #expect(found["iri"] == nil)
    }
  }

  @Test(arguments: [
    ("/resolve?register=komun&q=x", 404, "Närmast: kommun"), ("/resolve?register=..%2Fkommun&q=x", 404, "register-missing"),
    ("/resolve?register=kommun", 400, "lookup-parameter"), ("/resolve?register=kommun&q=a&q=b", 400, "lookup-parameter"),
    ("/resolve?key=1&q=b", 400, "lookup-parameter"), ("/resolve?q=1880&date=igår", 400, "lookup-parameter"),
    ("/resolve?q=%FF", 400, "request-path"), ("/resolve?q=1880&format=yaml", 406, "request-unacceptable"),
    ("/resolve/x", 404, "request-unknown"),
  ])
  func badQuestionsAreTold(_ target: String, _ status: Int, _ text: String) async throws {
    let answer = try await ServedSite.demo.get().answer(target)
    #expect(answer.status == status)
    #expect(try await answer.text.contains(text))
  }

  @Test func pagesAreForPeople() async throws {
    for (language, heading, by) in [
      ("sv", "Slå upp en kod eller ett namn", "med ett ord till"), ("en", "Look a code or a name up", "with a word beside it"),
    ] {
      let headers = ["accept": "text/html", "accept-language": language]
      let form = try await ask([:], headers)
      #expect(form.status == 200 && form.header("Content-Language") == language)
      let page = try await ask(["register": "kommun", "q": "Örebro kommun"], headers).text
      for text in [heading, "<html lang=\"\(language)\">", "href=\"/doc/kommun/1880", "Örebro (1880)", by, "value=\"kommun\" selected"] {
        #expect(page.contains(text), "\(text)")
      }
    }
    let page = try await ask(["register": "kommun", "q": "Haboo\"><script>"], ["accept": "text/html"]).text
    #expect(!page.contains("<script"))
    let doubtful = try await ask(["register": "kommun", "q": "Haboo"], ["accept": "text/html", "accept-language": "en"]).text
    for text in ["It may be", "Håbo (0305)", "Habo (0643)"] { #expect(doubtful.contains(text)) }
    let ended = try await ask(["register": "kommun", "q": "1917"], ["accept": "text/html", "accept-language": "en"]).text
    for text in ["replaced by another identifier", "In its place", "Heby (0331)"] { #expect(ended.contains(text)) }
  }

  private func post(_ body: String, _ target: String, type: String = "text/csv") async throws -> WebResponse {
    try await ServedSite.demo.get().answer(target, method: "POST", ["content-type": type], body: body)
  }

  @Test func aTableComesBackWithWhatItsColumnMeans() async throws {
    let answer = try await post(
      "id,Kommun\n1,Örebros kommun\n2,Haboo\n3,1917\n4,\n5,\"a;\"\"b\"\n6\n", "/resolve?register=kommun&column=kommun")
    #expect(answer.status == 200)
    #expect(answer.header("Content-Type") == "text/csv; charset=utf-8")
    let id = "https://w3id.org/kommungraf/id/kommun/"
    #expect(
      try await answer.text == """
        \u{FEFF}id;Kommun;iri;label;status;score;replacedBy;candidates\r
        1;Örebros kommun;\(id)1880;Örebro;found;95;;\r
        2;Haboo;;;ambiguous;0;;0643 Habo, 0305 Håbo\r
        3;1917;\(id)1917;Heby;replaced;100;\(id)0331;\r
        4;;;;;;;\r
        5;"a;""b";;;unknown;0;;\r
        6;;;;;;;\r

        """)
  }

  @Test func theFirstColumnIsTheDefaultAndAHeaderMayBeAbsent() async throws {
    let first = try await post("namn\tx\nKumla\t1\n", "/resolve?register=kommun").text
    #expect(first.contains("Kumla;1;https://w3id.org/kommungraf/id/kommun/1881;Kumla;found;100;;\r\n"))
    for (target, type) in [("/resolve?register=kommun", "text/csv; header=absent"), ("/resolve?register=kommun&header=absent", "text/csv")]
    {
      let bare = try await post("Kumla\nHallsberg\n", target, type: type).text
      #expect(bare.hasPrefix("\u{FEFF}Kumla;https://"))
      #expect(bare.split(whereSeparator: \.isNewline).count == 2)
    }
    let older = try await post("namn\nHeby\n", "/resolve?register=kommun&date=2000-01-01").text
    #expect(older.contains("Heby;https://w3id.org/kommungraf/id/kommun/1917;Heby;found;100;;"))
  }

  @Test(arguments: [
    ("/resolve?register=kommun&column=nman", "text/csv", "namn\nÖrebro\n", 400, "«namn»"),
    ("/resolve", "text/csv", "namn\nÖrebro\n", 400, "lookup-parameter"),
    ("/resolve?register=komun", "text/csv", "namn\nÖrebro\n", 404, "kommun"),
    ("/resolve?register=kommun", "application/json", "{}", 415, "text/csv"),
    ("/resolve?register=kommun", "", "namn\n", 415, "text/csv"), ("/resolve?register=kommun", "text/csv", "", 400, "table-empty"),
    ("/resolve?register=kommun", "text/csv; charset=klingon", "namn\nx\n", 400, "encoding-unknown"),
    ("/resolve?register=kommun", "text/csv", "<?xml version=\"1.0\"?><a/>", 400, "table-not-recognised"),
    ("/reconcile/suggest/entity", "text/csv", "x", 405, "request-method"),
  ])
  func whatIsNoSuchTableIsTold(_ target: String, _ type: String, _ body: String, _ status: Int, _ text: String) async throws {
    let answer = try await post(body, target, type: type)
    #expect(answer.status == status)
    #expect(try await answer.text.contains(text))
  }

  @Test func aRowThatCantBeReadIsRefusedAndTheOthersAreNot() async throws {
    let text = try await post("namn\nÖre\0bro\nKumla\n", "/resolve?register=kommun").text
    let lines = text.split(whereSeparator: \.isNewline)
    try #require(lines.count == 3)
    #expect(lines[1].hasSuffix(";;;refused;0;;"))
    #expect(lines[2].contains("kommun/1881"))
  }

  /// UM-9: the other identifier answers as the thing's own does, and points back to it.
  @Test(arguments: [
    ("https://w3id.org/kommungraf/id/kommun/1880", 303, "/doc/kommun/1880"),
    ("https://w3id.org/kommungraf/id/kommun/1917", 308, "/id/kommun/0331"),
    ("https://data.example.se/id/forskola/1880-2", 410, nil), ("https://data.example.se/id/forskola/1880-7", 300, nil),
  ])
  func theOtherIdentifierPointsBack(_ iri: String, _ status: Int, _ location: String?) async throws {
    let answer = try await ask(["iri": iri])
    #expect(answer.status == status)
    #expect(answer.header("Location") == location)
    #expect(answer.header("Link")?.contains("<\(iri)>; rel=\"canonical\"") == true)
    #expect(answer.header("Link")?.contains("rel=\"alternate\"") == false)
    #expect(answer.header("Link")?.contains("rel=\"describedby\"") == true)
  }

  @Test(arguments: ["https://w3id.org/kommungraf/id/kommun/9999", "https://example.org/x", "x", "https://w3id.org/kommungraf/id/kommun/<>"])
  func noOtherIdentifierOfWhatIsNotHere(_ iri: String) async throws {
    #expect(try await ask(["iri": iri]).status == 404)
  }
}
