import Bytes
import RDF

/// Hash functions (SPARQL 1.1 §17.4.6), of the bytes of a plain string in UTF-8.
extension EvaluationContext {
  func hash(_ function: BuiltIn, _ value: Value) -> Value {
    guard value.isString, let algorithm = Self.algorithm(function) else { return .none }
    let digest = digests[algorithm] ?? Digest(algorithm)
    digests[algorithm] = digest
    return digest.hex(of: value.lexical).withView { .string(scratch.copy($0)) }
  }

  private static func algorithm(_ function: BuiltIn) -> Digest.Algorithm? {
    switch function {
    case .md5: .md5
    case .sha1: .sha1
    case .sha256: .sha256
    case .sha384: .sha384
    case .sha512: .sha512
    default: nil
    }
  }
}
