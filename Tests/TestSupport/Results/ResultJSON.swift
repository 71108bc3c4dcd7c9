import Bytes
import JSON
package import Problems
import RDF

extension ResultTable {
  /// Reads SPARQL 1.1 Query Results JSON Format.
  package init(json bytes: [UInt8]) throws(Failure) {
    self.init()
    let root = try JSONParser.parse(bytes, file: "result").value.object
    variables = root?["head"]?.value.object?["vars"]?.value.array?.compactMap(\.string) ?? []
    truth = root?["boolean"]?.value.bool
    for binding in root?["results"]?.value.object?["bindings"]?.value.array ?? [] {
      var row: [String: Term] = [:]
      for member in binding.value.object?.members ?? [] {
        guard let object = member.value.value.object, let text = object["value"]?.value.bytes else { continue }
        switch object["type"]?.string {
        case "uri": row[member.key.text] = .iri(text)
        case "bnode": row[member.key.text] = .blankNode(text)
        default:
          if let language = object["xml:lang"]?.value.bytes {
            row[member.key.text] = .literal(text, .language(language))
          } else {
            row[member.key.text] = .literal(text, .datatype(object["datatype"]?.value.bytes ?? XSD.string))
          }
        }
      }
      rows.append(row)
    }
  }
}
