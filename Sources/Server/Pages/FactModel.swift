import Bytes
import Problems
import RDF

/// Turns facts into what templates show: properties by name, values by name, language and kind.
struct FactModel {
  /// The frame of the page.
  let frame: PageFrame
  /// What is known of the thing.
  let data: ThingData
  /// What the things that it speaks of are called.
  let names: Names

  /// One of the kinds of facts that stand together.
  private enum Kind: Int, CaseIterable {
    case identity, relations, measures, others

    var word: String {
      switch self {
      case .identity: "facts-identity"
      case .relations: "facts-relations"
      case .measures: "facts-measures"
      case .others: "facts-others"
      }
    }
  }

  /// The facts by kind, without what the page tells elsewhere.
  /// - Parameters:
  ///   - hidden: properties that it tells.
  ///   - told: texts that it tells, of properties that name or describe.
  func groups(without hidden: Set<String>, told: Set<String>) -> [Model] {
    var groups: [Kind: [Model]] = [:]
    for var property in data.facts where !hidden.contains(property.iri) {
      if Pages.descriptions.contains(property.iri) || TermLabels.properties.contains(property.iri) {
        let others = property.values.filter { !told.contains($0.lexical ?? "") }
        property.count -= property.values.count - others.count
        property.values = others
        if others.isEmpty { continue }
      }
      groups[kind(property), default: []].append(fact(property))
    }
    return Kind.allCases.compactMap { kind in
      groups[kind].map { ["heading": frame.words.word(kind.word), "facts": $0] }
    }
  }

  private func kind(_ property: ThingData.Property) -> Kind {
    if frame.pages.publication.labels.identifies(property.iri) { return .identity }
    guard let first = property.values.first else { return .others }
    switch first {
    case .iri, .blankNode: return .relations
    case .literal(let text, .datatype(let datatype)):
      return ValueText(text.text, datatype: datatype.text, frame.context.language).isMeasure ? .measures : .others
    case .literal: return .others
    }
  }

  /// A property with its values, and the way to the rest of them where there are too many.
  private func fact(_ property: ThingData.Property) -> Model {
    var model = head(property.iri)
    model["values"] = values(property.values, of: property.iri, depth: 0)
    if property.count > property.values.count { model["more"] = frame.showAll(property.count, ["property": property.iri]) }
    return model
  }

  /// The name of a property, its short form, and its page where it is a term of ours.
  private func head(_ iri: String) -> Model {
    var model = frame.text(names.name(of: iri))
    model["title"] = frame.pages.shortened(iri)
    if frame.isOurs(iri), let href = frame.href(iri) { model["page"] = ["href": href] as Model }
    return model
  }

  /// Values in the order in which people look for them: those in the language of the page first.
  func values(_ values: [Term], of property: String, depth: Int) -> [Model] {
    let own = frame.context.language.rawValue
    let sorted = values.enumerated().sorted { left, right in
      let places = [left, right].map { $0.element.language.map { $0 == own ? 0 : 1 } ?? 0 }
      return (places[0], left.offset) < (places[1], right.offset)
    }
    return sorted.map { value($0.element, of: property, depth: depth) }
  }

  /// One value.
  func value(_ term: Term, of property: String, depth: Int) -> Model {
    switch term {
    case .iri(let iri): return frame.link(iri.text, names)
    case .blankNode(let label): return nested(label, depth: depth)
    case .literal(let text, .language(let tag)):
      return ["plain": frame.text(Label(text: text.text, language: tag.text.lowercased()))]
    case .literal(let text, .datatype(let datatype)): return literal(text.text, datatype.text, property)
    }
  }

  private func literal(_ text: String, _ datatype: String, _ property: String) -> Model {
    if datatype.hasSuffix("#anyURI"), let href = PageFrame.safe(text) {
      return ["link": ["href": href, "text": text, "title": text, "away": true] as Model]
    }
    let shown = ValueText(text, datatype: datatype, frame.context.language)
    if let machine = shown.machine { return ["time": ["text": shown.text, "machine": machine] as Model] }
    var model: Model = ["text": shown.text]
    if shown.isNumber {
      model["number"] = true
      let isAmount = datatype == XSD.decimal.text
      if let unit = names.unit(ofProperty: property) ?? (isAmount ? ownUnit : nil) { model["unit"] = ["text": unit] as Model }
    }
    return ["plain": model]
  }

  /// The unit that the thing's own amounts are in, where the data name a currency.
  private var ownUnit: String? {
    data.iri(KnownVocabulary.pay("currency")).map { names.name(of: $0).text }
  }

  /// A blank node: its facts, inside the value.
  private func nested(_ node: ByteString, depth: Int) -> Model {
    guard depth < ThingData.depth, let facts = data.nested[node] else { return ["plain": ["text": "…"] as Model] }
    var properties: [String] = []
    var values: [String: [Term]] = [:]
    for (property, value) in facts {
      if values[property] == nil { properties.append(property) }
      values[property, default: []].append(value)
    }
    var label: Label?
    let shown = properties.filter { property in
      guard let rank = TermLabels.properties.firstIndex(of: property) else { return true }
      if label == nil { label = Label.best((values[property] ?? []).map { (rank, $0) }, frame.context.language) }
      return false
    }
    let labels = frame.pages.publication.labels
    let others = shown.filter { property in
      property != RDFTerms.type.text && !(values[property] ?? []).allSatisfy { $0.lexical != nil && $0.lexical == label?.text }
    }.sorted {
      (labels.order(of: $0), $0) < (labels.order(of: $1), $1)
    }
    var model: Model = [
      "facts": others.map { property -> Model in
        var model = head(property)
        model["values"] = self.values(values[property] ?? [], of: property, depth: depth + 1)
        return model
      }
    ]
    if let label { model["label"] = frame.text(label) }
    if others.isEmpty, label == nil, let type = values[RDFTerms.type.text]?.first?.iri { model["label"] = frame.text(names.name(of: type)) }
    return ["nested": model]
  }
}
