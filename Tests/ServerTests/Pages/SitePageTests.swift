import Foundation
import Problems
import Server
import Testing

@Suite("Pages of a site")
struct SitePageTests {
  private static let base = "https://data.example.se"

  @Test("the first page leads to the publisher's kommun, a payment, an inspection, the datasets and a query")
  func home() async throws {
    let data = try ServedData.demo.get()
    let page = try await data.pages.home(data.context("/"))
    for link in [
      "/doc/kommun/1880", "/doc/verifikat/", "/doc/livsmedelskontroll/", "/dataset/leverantorsreskontra-2120009903-2025",
      "/register/kommun", "/register/riskklass", "/sparql", "/catalog", "/ns/",
    ] {
      #expect(page.contains("href=\"\(link)"), "\(link)")
    }
    #expect(page.element("h1") == "Länkade data från Exempelstad")
    #expect(try await data.pages.home(data.context("/", .en)).element("h1") == "Linked data from Exempelstad")
  }

  @Test("a dataset says who publishes it, under which licence, what is withheld, and where to fetch it")
  func dataset() async throws {
    let data = try ServedData.demo.get()
    let path = "/dataset/livsmedelskontroller-1880"
    let page = try #require(try await data.pages.dataset(Self.base + path, data.context(path)))
    for text in [
      "Exempelstads kommun", ">CC0 1.0</a>", "7 publicerade av 8 lästa", "dricksvatten: 1 rad", "text/turtle", "Livsmedelskontroll",
      "href=\"/download/livsmedelskontroller-1880.ttl\"", "href=\"/spec/livsmedelskontroller\"",
    ] {
      #expect(page.contains(text), "\(text)")
    }
    #expect(try await data.pages.dataset(Self.base + "/dataset/nowhere", data.context("/dataset/nowhere")) == nil)
  }

  @Test("the things of a class are paged")
  func members() async throws {
    let data = try ServedData.demo.get()
    let query = ["class": "https://w3id.org/kommungraf/ns/Kommun", "page": "3"]
    let page = try #require(try await data.pages.dataset(Self.base + "/register/kommun", data.context("/register/kommun", .sv, query)))
    #expect(page.contains("Sida 3 av 3, 297 i allt"))
    #expect(page.components(separatedBy: "href=\"/doc/kommun/").count == 98)
  }

  @Test("a register is listed from A to Ö, with letters to go to", arguments: [Language.sv, .en])
  func index(_ language: Language) async throws {
    let data = try ServedData.demo.get()
    let page = try #require(try await data.pages.dataset(Self.base + "/register/kommun", data.context("/register/kommun", language)))
    let places = try ["Ale", "Borås", "Zi", "Åmål", "Älmhult", "Öckerö", "Övertorneå"].compactMap { name -> String.Index? in
      name == "Zi" ? nil : try #require(page.range(of: ">\(name)<")).lowerBound
    }
    #expect(places == places.sorted())
    #expect(page.components(separatedBy: "href=\"/doc/kommun/").count == 298)
    #expect(page.contains(">Ö</a>") && page.contains("<h4>Ö</h4>"))
  }

  @Test("each letter of a register with things of several classes is a place of its own", arguments: ["organisation", "kommun"])
  func letters(_ name: String) async throws {
    let data = try ServedData.demo.get()
    let page = try #require(try await data.pages.dataset(Self.base + "/register/" + name, data.context("/register/" + name)))
    let places = page.components(separatedBy: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
    let links = page.components(separatedBy: "href=\"#").dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(places.count > 10 && Set(places).count == places.count)
    #expect(Set(links).isSubset(of: places) && Set(links).count == links.count)
  }

  @Test("the catalog lists datasets and registers with theme and licence, and leads to DCAT-AP-SE")
  func catalog() async throws {
    let data = try ServedData.demo.get()
    let page = try await data.pages.catalog(data.context("/catalog"))
    for text in ["Leverantörsreskontra", "Kommuner", "Ekonomi och finans", "CC0 1.0", "href=\"/datasets/dcat\""] {
      #expect(page.contains(text), "\(text)")
    }
  }

  @Test("the list for re-use has the columns that the law names, also for data that nobody can fetch", arguments: Language.allCases)
  func publicList(_ language: Language) async throws {
    let data = try ServedData.demo.get()
    let page = try await data.pages.publicList(data.context("/psidata", language))
    let words = [
      Language.sv: [
        "Data för vidareutnyttjande", "Senast uppdaterad", "Avgift", "Villkor", "Begränsningar", "Kontakt", "Ej offentlig",
        "ingen angiven",
        "1 rad undantas",
      ],
      .en: [
        "Data for re-use", "Last updated", "Fee", "Conditions", "Limitations", "Contact", "Not public", "none stated", "1 row is withheld",
      ],
    ]
    let facts = [
      "Belysningsstolpar", "Timtaxa efter kommunens taxa för kartor", "Avtal krävs. Får inte spridas vidare", "Endast tätorter",
      "2026-05-04",
      "Kartfunktionen", "mailto:karta@example.se", ">CSV</span>", "GeoPackage", "href=\"/dataset/livsmedelskontroller-1880\"",
    ]
    for text in (words[language] ?? []) + facts { #expect(page.contains(text), "\(text)") }
  }

  @Test("terms are listed by class and property, with their definitions")
  func terms() async throws {
    let data = try ServedData.demo.get()
    let page = try await data.pages.terms(data.context("/ns/", .en))
    for text in ["href=\"/ns/Kommun\"", ">municipality</a>", "kg:kontrolltid", "Properties"] { #expect(page.contains(text), "\(text)") }
  }

  @Test("a specification says what it is, its variants, its datasets and its questions")
  func specification() async throws {
    let data = try ServedData.demo.get()
    let context = data.context("/spec/leverantorsreskontra")
    let page = try #require(try await data.pages.specification("leverantorsreskontra", context))
    for text in ["verifikat", "CSV, JSON", "/dataset/leverantorsreskontra-2120009911-2025", "Vilka leverantörer har fått mest betalt"] {
      #expect(page.contains(text), "\(text)")
    }
    #expect(try await data.pages.specification("../leverantorsreskontra", context) == nil)
    #expect(try await data.pages.specification("nowhere", context) == nil)
  }

  @Test("files without a site show what they hold")
  func files() async throws {
    let data = try ServedData(turtle: "<http://e/a> a <http://e/C> ; <http://e/p> 1 . <http://e/b> a <http://e/C> .")
    let page = try await data.pages.home(data.context("/"))
    #expect(page.contains("3 tripler") && page.contains("http://e/C"))
    #expect(try await data.pages.queryForm(nil, data.context("/sparql")).contains("rdfs:label ?label"))
  }
}
