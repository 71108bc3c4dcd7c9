import Problems
import Yams

/// Reads values of a site's file, and tells of each that is missing or wrong where it stands.
struct SiteReader {
  let document: YAMLDocument
  /// What a value might be, by its key, for messages.
  private static let examples = [
    "base": "https://data.example.se", "title": "{sv: Öppna data, en: Open data}", "description": "{sv: Öppna data, en: Open data}",
    "publisher": "{name: Exempelstads kommun, type: LocalAuthority}", "name": "Exempelstads kommun", "orgnr": "\"2120000000\"",
    "kommun": "\"1880\"", "type": "LocalAuthority", "homepage": "https://www.example.se",
    "contact": "{name: Öppna data, email: data@example.se}",
    "email": "data@example.se", "phone": "+46101234567", "licence": "http://creativecommons.org/publicdomain/zero/1.0/",
    "languages": "[sv, en]", "registers": "{kommun: \"https://kommunkoder.scb.se/{kod}\"}", "mapping": "leverantorsreskontra",
    "variant": "verifikat",
    "datasets": "[{name: leverantorsreskontra-2120000000-2025, mapping: leverantorsreskontra, source: data/*.csv}]",
    "series": "leverantorsreskontra-2120000000",
    "source": "[data/reskontra-*.csv]", "set": "{kommun: \"1880\"}", "schedule": "P1D", "keep": "P2Y", "headers": "secrets.yaml",
    "harvest": "{publishers: publishers.csv, follow: [leverantorsreskontra]}", "publishers": "publishers.csv",
    "follow": "[leverantorsreskontra]",
    "network": "{allow: [], service: []}", "allow": "[intern.example.se]", "service": "[\"https://query.wikidata.org/sparql\"]",
    "limits": "{query: {timeout: 30s, rows: 1000000, memory: 1GiB}, body: 1MiB}", "query": "{timeout: 30s, rows: 1000000, memory: 1GiB}",
    "timeout": "30s", "rows": "1000000", "memory": "1GiB", "body": "1MiB", "sparql": "https://data.example.se/sparql",
  ]

  private func arguments(_ key: String) -> [String: String] { ["key": key, "example": Self.examples[key] ?? "…"] }

  func report(_ code: ProblemCode, _ key: String, at node: Node, value: String? = nil) {
    document.problems.report(Problem(code, at: document.place(node), value: value, arguments(key)))
  }

  func missing(_ key: String, in node: Node) -> Failure { Failure(.siteKeyMissing, at: document.place(node), arguments(key)) }

  /// The keys and values under a key; keys that are not known are errors.
  func keys(_ key: String, of node: Node?, known: [String]) -> Node.Mapping? {
    guard let node, !node.isNull else { return nil }
    guard let mapping = node.mapping else {
      report(.siteValueKeys, key, at: node)
      return nil
    }
    checkKeys(mapping, known, of: key)
    return mapping
  }

  func checkKeys(_ mapping: Node.Mapping, _ known: [String], of object: String) {
    for (key, _) in mapping {
      guard let name = key.string, !known.contains(name) else { continue }
      var arguments = ["property": name, "object": object]
      arguments["nearest"] = nearest(to: name, among: known)
      document.problems.report(Problem(.metadataPropertyUnknown, at: document.place(key), severity: .error, arguments))
    }
  }

  /// The text under a key, where `accepts` holds of it.
  func text(_ key: String, _ mapping: Node.Mapping, where accepts: (String) -> Bool = { _ in true }) -> String? {
    guard let node = mapping[key], !node.isNull else { return nil }
    guard let text = node.scalar?.string, !text.isEmpty else {
      report(.siteValueText, key, at: node)
      return nil
    }
    if accepts(text) { return text }
    report(.siteValueInvalid, key, at: node, value: text)
    return nil
  }

  /// A text in one or two languages.
  func texts(_ key: String, _ mapping: Node.Mapping) -> Texts? {
    guard let node = mapping[key], !node.isNull else { return nil }
    if let text = node.scalar?.string { return Texts(sv: text, en: nil) }
    guard let both = keys(key, of: node, known: ["sv", "en"]) else { return nil }
    guard let sv = both["sv"]?.scalar?.string else {
      report(.siteKeyMissing, "sv", at: node)
      return nil
    }
    return Texts(sv: sv, en: both["en"]?.scalar?.string)
  }

  /// A list of texts, or one text; without those of which `accepts` does not hold.
  func list(_ key: String, _ mapping: Node.Mapping, where accepts: (String) -> Bool = { _ in true }) -> [String]? {
    guard let node = mapping[key], !node.isNull else { return nil }
    var texts: [String] = []
    for item in node.sequence.map(Array.init) ?? [node] {
      guard let text = item.scalar?.string else {
        report(.siteValueList, key, at: node)
        return nil
      }
      if accepts(text) { texts.append(text) } else { report(.siteValueInvalid, key, at: item, value: text) }
    }
    return texts
  }

  /// The texts under a key by their own keys.
  func table(_ key: String, _ mapping: Node.Mapping) -> [String: String] {
    guard let node = mapping[key], !node.isNull else { return [:] }
    guard let inner = node.mapping else {
      report(.siteValueKeys, key, at: node)
      return [:]
    }
    var result: [String: String] = [:]
    for (name, value) in inner {
      if let name = name.scalar?.string, let text = value.scalar?.string {
        result[name] = text
      } else {
        report(.siteValueText, key, at: value)
      }
    }
    return result
  }

  /// Where the keys under a key stand, by name.
  func places(_ key: String, _ mapping: Node.Mapping) -> [String: Place] {
    var places: [String: Place] = [:]
    for (name, _) in mapping[key]?.mapping ?? [:] {
      if let text = name.scalar?.string { places[text] = document.place(name) }
    }
    return places
  }
}

extension Node {
  /// Whether nothing stands here.
  var isNull: Bool { tag == Tag(.null) || scalar?.string == "" && scalar?.style == .plain }
}
