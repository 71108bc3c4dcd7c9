import Bytes
import Identifiers
import Mapping
package import Problems
package import Resources

extension RegisterShelf {
  /// Sees to it that the patterns in force keep the rules of persistent identifiers, and that no two of them can make one IRI (design, "IRIs").
  ///
  /// What the owner of a register elsewhere has against a rule that leaves a choice is told, and no more. A register that can't be read is passed
  /// over: who reads it is told why.
  /// - Parameter places: where the patterns stand of registers that have been moved, by name.
  /// - Throws: ``ProblemCode/patternInvalid``, ``ProblemCode/registersCollide``.
  package func checkPatterns(movedAt places: [String: Place], problems: any ProblemSink) throws(Failure) {
    var taken: [Claim] = []
    for name in library.registerNames {
      guard let metadata = library.registerFile(name), let pattern = pattern(of: name, metadata) else { continue }
      let place = patterns[name] == nil ? Place(file: metadata) : places[name] ?? Place(file: metadata)
      try check(pattern, of: name, at: place, problems)
      for claim in claims(of: name, pattern, at: place) {
        for other in taken where other.register != name && other.space.overlaps(claim.space) {
          // Of a register that was moved it is the new pattern that can be chosen anew.
          let place = patterns[name] == nil && patterns[other.register] != nil ? other.place : claim.place
          throw Failure(
            .registersCollide, at: place, value: claim.pattern, ["register": name, "other": other.register, "pattern": other.pattern])
        }
        taken.append(claim)
      }
    }
  }

  private func pattern(of name: String, _ metadata: String) -> URITemplate? {
    let loader = RegisterLoader(resources: resources, problems: ProblemList(kept: 0))
    return try? loader.declaration(of: name, metadata: metadata, pattern: patterns[name], base: base).pattern
  }

  private func check(_ pattern: URITemplate, of name: String, at place: Place, _ problems: any ProblemSink) throws(Failure) {
    let isOthers = patterns[name] != nil && !isOwn(pattern)
    let arguments = ["register": Words.text(name)]
    if let reason = isOthers ? IdentifierPolicy.bindingFault(of: pattern, base: base) : IdentifierPolicy.fault(of: pattern, base: base) {
      throw Failure(.patternInvalid, at: place, value: pattern.source.text, arguments.merging(["reason": reason]) { _, new in new })
    }
    if isOthers, let reason = IdentifierPolicy.unadvised(in: pattern) {
      problems.report(
        Problem(.patternUnadvised, at: place, value: pattern.source.text, arguments.merging(["reason": reason]) { _, new in new }))
    }
  }

  /// Whether the IRIs of a pattern are the site's own.
  private func isOwn(_ pattern: URITemplate) -> Bool { base.map { IdentifierPolicy.isBelow($0, pattern) } ?? false }

  /// What a register answers for: its IRIs, and those of the site's own that lead to where it has moved.
  private func claims(of name: String, _ pattern: URITemplate, at place: Place) -> [Claim] {
    var claims: [Claim] = []
    if let space = IdentifierSpace(pattern) {
      claims.append(Claim(register: name, pattern: pattern.source.text, space: space, place: place))
    }
    if let base, patterns[name] != nil, !isOwn(pattern) {
      let shape = IdentifierShape(prefix: ByteString("\(base)/id/\(name)/"), suffix: "")
      claims.append(
        Claim(
          register: name, pattern: shape.prefix.text + "{\(pattern.variableNames[0].text)}", space: IdentifierSpace(shape), place: place))
    }
    return claims
  }
}

/// IRIs that a register answers for.
private struct Claim {
  let register: String
  /// Their pattern, to show.
  let pattern: String
  let space: IdentifierSpace
  let place: Place
}

extension SiteFile {
  /// Sees to it that the registers of the site have patterns that they may have, as ``RegisterShelf/checkPatterns(movedAt:problems:)`` says.
  package func checkRegisters(in library: Library, _ resources: any ByteSource, problems: any ProblemSink) throws(Failure) {
    let shelf = RegisterShelf(library.holdingRegisters(ofSite: folder), patterns: registers, base: base, resources: resources)
    try shelf.checkPatterns(movedAt: registerPlaces, problems: problems)
  }
}
