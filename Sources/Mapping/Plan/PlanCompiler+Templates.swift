import Bytes
import Identifiers
import Problems
import RDF

extension PlanCompiler {
  /// Binds a template's variables to columns and constants, and resolves its beginning against the base.
  func compiled(_ template: URITemplate, columnName: ByteString) throws(Failure) -> CompiledTemplate {
    if let moved = registerTemplate(template) { return CompiledTemplate(parts: try parts(moved, columnName)) }
    var parts = try parts(template, columnName)
    guard case .literal(let beginning)? = parts.first else { return CompiledTemplate(parts: parts, isResolvedLater: true) }
    if beginning.bytes.starts(with: [UInt8(ascii: "_"), UInt8(ascii: ":")]) {
      parts[0] = .literal(ByteString(Array(beginning.bytes.dropFirst(2))))
      return CompiledTemplate(parts: parts, isBlankNode: true)
    }
    if beginning.withView({ $0.isAbsoluteIRI }) { return CompiledTemplate(parts: parts) }
    // What follows the beginning can't change how it resolves: expansions hold no slash, question mark or hash unencoded.
    let hasReserved = template.parts.contains {
      if case .expression(let kind, _) = $0 { kind == .reserved || kind == .path } else { false }
    }
    if hasReserved { return CompiledTemplate(parts: parts, isResolvedLater: true) }
    parts[0] = .literal(base.resolve(beginning))
    return CompiledTemplate(parts: parts)
  }

  /// What relative templates are resolved against: the base that was given, or the table's own IRI.
  var base: BaseIRI { context.base ?? BaseIRI(table.url) }

  /// The template that stands for a register's declared pattern with a column in place of the key, where a site has moved the register.
  private func registerTemplate(_ template: URITemplate) -> URITemplate? {
    for register in context.registers.all where register.declaration.pattern != register.declaration.declaredPattern {
      let declared = register.declaration.declaredPattern.parts
      guard template.parts.count == declared.count else { continue }
      var variables: [URITemplate.Variable] = []
      let isSame = zip(template.parts, declared).allSatisfy { part, other in
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

  private func slot(_ name: ByteString, _ template: URITemplate, _ columnName: ByteString) throws(Failure) -> CompiledTemplate.Slot {
    if let number = column(name) {
      let isSet = binding.columns[number].source != .absent || binding.columns[number].description.isVirtual
      return isSet ? .column(number) : .unset
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
    if let dot = name.bytes.lastIndex(of: UInt8(ascii: ".")), let number = column(ByteString(Array(name.bytes[..<dot]))),
      let step = CleaningStep(String(decoding: name.bytes[(dot + 1)...], as: UTF8.self))
    {
      return binding.columns[number].source == .absent ? .unset : .cleaned(number, step)
    }
    if table.extras.matchesByTitle {
      var arguments = ["name": name.text]
      arguments["nearest"] = nearest(to: name.text, among: binding.columns.map(\.name.text))
      throw Failure(.templateVariableUnknown, at: Place(file: file), value: template.source.text, arguments)
    }
    return .unset
  }
}
