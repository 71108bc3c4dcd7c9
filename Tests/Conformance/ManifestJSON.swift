import Bytes
import JSON
import Problems
import RDF
import Resources

/// A manifest in JSON-LD, as the suites that publish one write it: plain JSON whose context gives the names their meaning.
struct ManifestJSON {
  /// The entries in the order of the manifest.
  private(set) var entries: [SuiteEntry] = []
  private let base: BaseIRI
  private let context: JSONObject

  init(_ iri: String, files: FileSource) throws(Failure) {
    let root = try JSONParser.parse(try files.open(iri).readAll(), file: iri).object ?? JSONObject()
    base = BaseIRI(ByteString(iri))
    context = root["@context"]?.object ?? JSONObject()
    entries = (root["entries"]?.array ?? []).compactMap(\.object).map(entry)
  }

  private func entry(_ object: JSONObject) -> SuiteEntry {
    var entry = SuiteEntry(iri: resolved(object["id"]?.string ?? ""), action: "")
    for member in object.members {
      let value = member.value
      switch member.key.text {
      case "id": break
      case "type": entry.types = Set((value.array ?? [value]).compactMap(\.string).map(expanded))
      case "action": entry.action = resolved(value.string ?? "")
      case "result": entry.result = resolved(value.string ?? "")
      case "option": for option in value.object?.members ?? [] { note(option, in: &entry) }
      default: note(member, in: &entry)
      }
    }
    return entry
  }

  private func note(_ member: JSONObject.Member, in entry: inout SuiteEntry) {
    let term = context[member.key]
    let property = expanded(term?.string ?? term?.object?["@id"]?.string ?? member.key.text)
    let isLink = term?.object?["@type"]?.string == "@id"
    if let text = member.value.string { entry.options[property] = isLink ? resolved(text) : text }
    if let flag = member.value.bool { entry.options[property] = "\(flag)" }
  }

  private func resolved(_ reference: String) -> String { base.resolve(ByteString(reference)).text }

  private func expanded(_ name: String) -> String {
    guard let colon = name.firstIndex(of: ":"), let namespace = context[String(name[..<colon])]?.string else { return name }
    return namespace + name[name.index(after: colon)...]
  }
}
