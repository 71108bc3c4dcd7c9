import Bytes
import Identifiers
import Problems
import RDF

extension PlanCompiler {
  /// Binds a template's variables to columns and constants, and resolves its beginning against the base.
  func compiled(_ template: URITemplate, columnName: ByteString) throws(Failure) -> CompiledTemplate {
    var parts = try parts(registerTemplate(template) ?? template, columnName)
    let items = try itemColumn(parts, of: template)
    guard case .literal(let beginning)? = parts.first else { return CompiledTemplate(parts: parts, isResolvedLater: true, items: items) }
    if beginning.bytes.starts(with: [UInt8(ascii: "_"), UInt8(ascii: ":")]) {
      parts[0] = .literal(ByteString(Array(beginning.bytes.dropFirst(2))))
      return CompiledTemplate(parts: parts, isBlankNode: true, items: items)
    }
    if beginning.withView({ $0.isAbsoluteIRI }) { return CompiledTemplate(parts: parts, items: items) }
    // What follows the beginning can't change how it resolves: expansions hold no slash, question mark or hash unencoded.
    let hasReserved = template.parts.contains {
      if case .expression(let kind, _) = $0 { kind == .reserved || kind == .path } else { false }
    }
    if hasReserved { return CompiledTemplate(parts: parts, isResolvedLater: true, items: items) }
    parts[0] = .literal(base.resolve(beginning))
    return CompiledTemplate(parts: parts, items: items)
  }

  /// What relative templates are resolved against: the base that was given, or the table's own IRI.
  var base: BaseIRI { context.base ?? BaseIRI(table.url) }

  /// The template that stands for a register's declared pattern with a column in place of the key, where a site has moved the register.
  private func registerTemplate(_ template: URITemplate) -> URITemplate? {
    var own = template.parts
    if case .literal(let beginning)? = own.first, !beginning.withView({ $0.isAbsoluteIRI }) { own[0] = .literal(base.resolve(beginning)) }
    for register in context.registers.all where register.declaration.pattern != register.declaration.declaredPattern {
      let declared = register.declaration.declaredPattern.parts
      guard own.count == declared.count else { continue }
      var variables: [URITemplate.Variable] = []
      let isSame = zip(own, declared).allSatisfy { part, other in
        if case .expression(.simple, let names) = part, case .expression(.simple, _) = other, names.count == 1, names[0].prefix == nil {
          variables = names
          return true
        }
        return part == other
      }
      guard isSame, let variable = variables.first, let key = register.declaration.pattern.variableNames.first else { continue }
      let text = register.declaration.pattern.source.text.split(separator: "{\(key.text)}", omittingEmptySubsequences: false)
      if let moved = try? URITemplate(ByteString(text.joined(separator: "{\(variable.name.text)}"))) { return moved }
    }
    return nil
  }

  private func parts(_ template: URITemplate, _ columnName: ByteString) throws(Failure) -> [CompiledTemplate.Part] {
    var parts: [CompiledTemplate.Part] = []
    for part in template.parts {
      switch part {
      case .literal(let text): parts.append(.literal(text))
      case .expression(let kind, let variables):
        var bound: [(variable: URITemplate.Variable, slot: CompiledTemplate.Slot)] = []
        for variable in variables { bound.append((variable, try slot(variable.name, template, columnName))) }
        if kind == .simple, let only = bound.first, bound.count == 1, only.variable.prefix == nil, !only.variable.explodes,
          case .column(let number) = only.slot
        {
          parts.append(.column(number))
        } else {
          parts.append(.expression(kind, bound))
        }
      }
    }
    return parts
  }

  /// The column that a variable names, and what it takes from its value where words with dots follow the column's name.
  func reference(_ name: ByteString) -> (Int, Derivation?)? {
    if let number = column(name) { return (number, nil) }
    var rest = name.bytes[...]
    var words: [String] = []
    while let dot = rest.lastIndex(of: UInt8(ascii: ".")) {
      words.insert(String(decoding: rest[(dot + 1)...], as: UTF8.self), at: 0)
      rest = rest[..<dot]
      if let number = column(ByteString(Array(rest))) { return derivation(words, of: number).map { (number, $0) } }
    }
    return nil
  }

  /// What words after a column's name take from its value: of a column with a register, the first may be a column of the register's own
  /// table that points to another register.
  private func derivation(_ words: [String], of number: Int) -> Derivation? {
    if let derivation = Derivation(words) { return derivation }
    guard let name = binding.columns[number].description.extras.register, let word = words.first,
      let entries = context.registers[name]?.entries(in: ByteString(word)), var derivation = Derivation(Array(words.dropFirst()))
    else { return nil }
    derivation.entries = entries
    return derivation
  }

  /// The column whose item at hand a template speaks of: one at most, for a triple goes through one list.
  private func itemColumn(_ parts: [CompiledTemplate.Part], of template: URITemplate) throws(Failure) -> Int? {
    var found: Int?
    for part in parts {
      let slots: [CompiledTemplate.Slot] =
        switch part {
        case .literal: []
        case .column(let number): [.column(number)]
        case .expression(_, let variables): variables.map(\.slot)
        }
      for slot in slots {
        let number: Int
        switch slot {
        case .column(let column): number = column
        case .derived(let column, let derivation) where derivation.isOfItem: number = column
        default: continue
        }
        let column = binding.columns[number]
        guard column.description.extras.items != nil || column.source == .answers, found != number else { continue }
        if found != nil { throw twoLists(template.source.text) }
        found = number
      }
    }
    return found
  }

  /// The failure where a triple would go through two lists at once.
  func twoLists(_ text: String) -> Failure {
    Failure(.annotationInvalid, at: Place(file: file), ["name": "items", "reason": .phrase("two-lists", ["text": text])])
  }

  private func slot(_ name: ByteString, _ template: URITemplate, _ columnName: ByteString) throws(Failure) -> CompiledTemplate.Slot {
    if let (number, derivation) = reference(name) {
      if !hasValues(number) { return .unset }
      return derivation.map { .derived(number, $0) } ?? .column(number)
    }
    switch name.text {
    case "_row": return .rowNumber
    case "_sourceRow": return .sourceRow
    case "_name": return .constant(columnName)
    case "_column", "_sourceColumn":
      return binding.columns.firstIndex { $0.name == columnName }.map { .constant(ByteString("\($0 + 1)")) } ?? .unset
    case "_file": return .constant(fileSlug)
    default: break
    }
    if let value = context.settings[name] { return .constant(value) }
    if table.extras.namesBesideRows.contains(name) { return .unset }
    if table.extras.matchesByTitle {
      var arguments = ["name": name.text]
      arguments["nearest"] = nearest(to: name.text, among: binding.columns.map(\.name.text))
      throw Failure(.templateVariableUnknown, at: Place(file: file), value: template.source.text, arguments)
    }
    return .unset
  }
}
