import Bytes
import JSON
import RDF
import Resources

/// How the answers of an API hang together, as a variant of a specification says it: where the next page is, what is posted, and how only what
/// has changed is asked for.
struct PullRules: Sendable {
  /// Where the address of the next page may stand; the first that finds a text counts.
  var next: [JSONPath] = []
  /// The file of what is posted, with its media type; nil where the address alone is asked for.
  var request: (path: String, type: String)?
  /// How many bytes the file may have.
  static let longestRequest = 1 << 20
  /// How only what has changed is asked for; nil where all comes each time.
  var changes: Changes?

  /// How an API that counts its changes is asked for the later ones.
  struct Changes: Sendable {
    /// Where the number of the last change stands in an answer.
    let last: JSONPath
    /// The number that all changes come after.
    let first: String
    /// Where the list of objects stands in an answer.
    let objects: JSONPath
    /// Where the key of an object stands in it.
    let key: JSONPath
    /// Where an object says that it is no more, or nil.
    let deleted: JSONPath?
    /// The parameter of the address that gets the number, where it does not stand as ``placeholder`` in the address or in what is posted.
    let parameter: String?

    /// Where the number goes in an address or in what is posted.
    static let placeholder = "changeid"
  }

  /// Rules that only know what many APIs do.
  init() {}

  /// Where many APIs have the address of the next page: rowstore of EntryScape, HAL, JSON:API and OData.
  static let wellKnown: [JSONPath] = [
    "$.next", "$._links.next.href", "$.links.next", "$.links.next.href", "$['@odata.nextLink']", "$['odata.nextLink']",
  ].compactMap { try? JSONPathParser.parse($0, compiler: compiler) }

  /// Compiles the expressions in filters.
  static let compiler: ExpressionCompiler = { expression, isWhole in try? Pattern(xsd: expression.text, anchored: isWhole) }

  /// What the rules say, as one text, with a digest of what is posted: a copy that was pulled by others is none of theirs.
  var fingerprint: String {
    let changes = changes.map {
      [$0.last.source, $0.first, $0.objects.source, $0.key.source, $0.deleted?.source ?? "", $0.parameter ?? ""]
    }
    let posted = request.map { [$0.type, Self.digest($0.path)] } ?? []
    return (next.map(\.source) + [request?.path ?? ""] + posted + (changes ?? [])).joined(separator: "\n")
  }

  /// The digest of a file; empty for one that can't be read, which is told once it is to be posted.
  private static func digest(_ path: String) -> String {
    guard let bytes = try? FileStream(path: path, name: path).readAll(limit: longestRequest) else { return "" }
    return ByteString(bytes).withView { Digest(.sha256).hex(of: $0).text }
  }
}

extension PullRules {
  /// The rules for a dataset: those of the variant that it names or that is the only one. Where it may be any, only the pages of all of them are known.
  init(of specification: Specification, variant: String?) {
    let named = specification.variants.first { $0.name == variant } ?? specification.variants.first
    if variant != nil || specification.variants.count == 1 {
      self = named?.pull ?? PullRules()
    } else {
      next = specification.variants.flatMap { $0.pull?.next ?? [] }
    }
  }
}
