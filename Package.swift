// swift-tools-version: 6.2
import PackageDescription

/// Every module of ours is compiled as Swift 6, with warnings as errors and explicit import access.
let settings: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A module of the product. Dependencies point downwards only; CI builds with the import check.
func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [], resources: [Resource] = []
) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: settings)
}

/// The tests of one module.
func tests(_ name: String, _ dependencies: [Target.Dependency], path: String? = nil, exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, path: path, exclude: exclude, swiftSettings: settings)
}

let package = Package(
  name: "kommungraf",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "kommungraf", targets: ["kommungraf"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
  ],
  targets: [
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CLibZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CRaptor", pkgConfig: "raptor2", providers: [.apt(["libraptor2-dev"])]),
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    module("Bytes"),
    module("Problems", ["Bytes"], resources: [.embedInCode("wording.txt")]),
    module("Resources", ["Bytes", "Problems"]),
    module("JSON", ["Bytes", "Problems"]),
    module("XML", ["Bytes", "Problems", "CLibXML2"]),
    module("RDF", ["Bytes", "Problems", "CPCRE2", "CCrypto"]),
    module("RDFSyntax", ["Bytes", "Problems", "JSON", "XML", "RDF", "Resources", "CRaptor"]),
    module("JSONLD", ["Bytes", "Problems", "RDF", "JSON", "Resources"]),
    module("Identifiers", ["Bytes", "Problems", "Resources", "RDF"]),
    module("Tables", ["Bytes", "Problems", "JSON", "XML", "Resources", "CLibXML2", "CLibZip"]),
    module("Mapping", ["Bytes", "Problems", "Resources", "JSON", "RDF", "RDFSyntax", "Tables", "Identifiers"]),
    module("Store", ["Bytes", "Problems", "RDF"]),
    module("SPARQL", ["Bytes", "Problems", "Resources", "JSON", "XML", "RDF", "RDFSyntax", "JSONLD", "Store"]),
    module("Catalog", ["Bytes", "Problems", "RDF", "RDFSyntax"]),
    module(
      "Site",
      [
        "Bytes", "Problems", "Resources", "JSON", "RDF", "RDFSyntax", "JSONLD", "Tables", "Identifiers", "Mapping", "Store", "SPARQL",
        "Catalog", "Yams", .product(name: "Logging", package: "swift-log"),
      ], exclude: ["Schemas"]),
    // Not «Network»: the HTTP libraries ask whether a module of that name can be imported, and mean Apple's.
    module(
      "Fetching",
      [
        "Problems", "Resources", .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
      ]),
    module(
      "Server",
      [
        "Bytes", "Problems", "Resources", "JSON", "RDF", "RDFSyntax", "JSONLD", "Identifiers", "Tables", "Mapping", "Store", "SPARQL",
        "Site",
        .product(name: "Hummingbird", package: "hummingbird"), .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"), .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
      ],
      resources: [
        .embedInCode("Pages/words.txt"), .embedInCode("Pages/style.css"),
        .embedInCode("Pages/Templates/head.mustache"), .embedInCode("Pages/Templates/foot.mustache"),
        .embedInCode("Pages/Templates/home.mustache"), .embedInCode("Pages/Templates/thing.mustache"),
        .embedInCode("Pages/Templates/facts.mustache"), .embedInCode("Pages/Templates/value.mustache"),
        .embedInCode("Pages/Templates/list.mustache"), .embedInCode("Pages/Templates/pager.mustache"),
        .embedInCode("Pages/Templates/tree.mustache"), .embedInCode("Pages/Templates/index.mustache"),
        .embedInCode("Pages/Templates/iri.mustache"),
        .embedInCode("Pages/Templates/cards.mustache"), .embedInCode("Pages/Templates/questions.mustache"),
        .embedInCode("Pages/Templates/dataset.mustache"), .embedInCode("Pages/Templates/catalog.mustache"),
        .embedInCode("Pages/Templates/terms.mustache"), .embedInCode("Pages/Templates/publiclist.mustache"),
        .embedInCode("Pages/Templates/specification.mustache"),
        .embedInCode("Pages/Templates/query.mustache"), .embedInCode("Pages/Templates/result.mustache"),
        .embedInCode("Pages/Templates/form.mustache"), .embedInCode("Pages/Templates/message.mustache"),
        .embedInCode("Pages/Templates/ended.mustache"), .embedInCode("Pages/Templates/status.mustache"),
        .embedInCode("Pages/Templates/resolve.mustache"), .embedInCode("Pages/Templates/preview.mustache"),
      ]),
    .executableTarget(
      name: "kommungraf",
      dependencies: [
        "Bytes", "Problems", "Resources", "JSON", "RDF", "RDFSyntax", "JSONLD", "Identifiers", "Tables", "Mapping", "Site", "Store",
        "SPARQL", "Fetching", "Server", .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: settings),

    .target(
      name: "TestSupport", dependencies: ["Bytes", "Problems", "Resources", "JSON", "RDF", "RDFSyntax", "CLibZip"],
      path: "Tests/TestSupport",
      swiftSettings: settings),
    tests("BytesTests", ["Bytes"]),
    tests("ProblemsTests", ["Bytes", "Problems"]),
    tests("ResourcesTests", ["Bytes", "Problems", "Resources", "TestSupport"]),
    tests("JSONTests", ["Bytes", "Problems", "JSON"]),
    tests("XMLTests", ["Bytes", "Problems", "XML"]),
    tests("RDFTests", ["Bytes", "Problems", "RDF", "TestSupport"]),
    tests("RDFSyntaxTests", ["Bytes", "Problems", "Resources", "RDF", "RDFSyntax", "TestSupport", "kommungraf"]),
    tests("JSONLDTests", ["Bytes", "Problems", "Resources", "JSON", "RDF", "RDFSyntax", "JSONLD", "TestSupport"]),
    tests("IdentifiersTests", ["Bytes", "Problems", "Resources", "RDF", "Identifiers", "TestSupport"]),
    tests("TablesTests", ["Bytes", "Problems", "Resources", "JSON", "Tables", "TestSupport"]),
    tests(
      "MappingTests",
      ["Bytes", "Problems", "Resources", "JSON", "RDF", "RDFSyntax", "Tables", "Identifiers", "Mapping", "TestSupport"]),
    tests("StoreTests", ["Bytes", "Problems", "RDF", "Store", "TestSupport"]),
    tests(
      "SPARQLTests",
      ["Bytes", "Problems", "Resources", "JSON", "RDF", "RDFSyntax", "Store", "SPARQL", "Fetching", "TestSupport"]),
    tests(
      "DifferentialTests", ["Bytes", "Problems", "Resources", "RDF", "RDFSyntax", "Store", "SPARQL", "TestSupport"],
      path: "Tests/Differential", exclude: ["peers.py"]),
    tests("CatalogTests", ["Bytes", "Problems", "RDF", "Catalog", "TestSupport"]),
    tests(
      "SiteTests",
      [
        "Bytes", "Problems", "Resources", "JSON", "RDF", "RDFSyntax", "Tables", "Identifiers", "Mapping", "Store", "SPARQL", "Site",
        "Fetching", "TestSupport", "kommungraf", "Yams",
      ]),
    tests("FetchingTests", ["Problems", "Resources", "Fetching", "TestSupport"]),
    tests(
      "ServerTests",
      [
        "Bytes", "Problems", "Resources", "JSON", "RDF", "RDFSyntax", "JSONLD", "Store", "SPARQL", "Site", "Server", "TestSupport",
        .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"), .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
      ]),
    tests("CommandTests", ["TestSupport", "kommungraf"], exclude: ["Samples"]),
    tests("BrowserTests", ["TestSupport", "kommungraf"], path: "Tests/Browser"),
    tests(
      "ConformanceTests",
      [
        "Bytes", "Problems", "Resources", "JSON", "RDF", "RDFSyntax", "JSONLD", "Tables", "Identifiers", "Mapping", "Site", "Store",
        "SPARQL", "Fetching", "TestSupport", "kommungraf",
      ],
      path: "Tests/Conformance", exclude: ["known", "served"]),
  ]
)
