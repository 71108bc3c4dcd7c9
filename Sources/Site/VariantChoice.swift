import Bytes
package import Mapping
package import Problems
package import Resources
package import Tables

/// Chooses the variant of a mapping that fits a file: by the kind of source, then by most required columns found (contract §3).
package struct VariantChoice {
  private let specification: Specification
  private let words: HeaderWords
  private let groups: [(variant: Specification.Variant, group: TableGroupDescription)]

  /// A choice among the variants of `specification`, all of which are read.
  /// - Parameter words: what words in headers mean, where a file has none of the titles of a column.
  /// - Throws: what reading a mapping throws.
  package init(
    _ specification: Specification, words: HeaderWords, resources: any ByteSource, problems: any ProblemSink
  ) throws(Failure) {
    self.specification = specification
    self.words = words
    let locator = MetadataLocator(resources: resources, problems: problems)
    var groups: [(variant: Specification.Variant, group: TableGroupDescription)] = []
    for variant in specification.variants where !variant.isTriples {
      groups.append((variant, try locator.read(fileIRI(variant.path), file: variant.path)))
    }
    self.groups = groups
  }

  /// Whether a variant may withhold something.
  package var isSecretive: Bool { groups.contains { $0.group.isSecretive(table: 0) } }

  /// The mappings of the variants, in the order of the specification.
  package var mappings: [TableGroupDescription] { groups.map(\.group) }

  /// The variant with a name.
  /// - Throws: ``ProblemCode/variantUnknown`` with those there are.
  package func named(_ name: String) throws(Failure) -> TableGroupDescription {
    guard let found = groups.first(where: { $0.variant.name == name }) else {
      throw Failure(.variantUnknown, value: name, ["name": name, "choices": specification.variants.map(\.name).joined(separator: ", ")])
    }
    return found.group
  }

  /// How to find the header of a file that one of the variants fits; nil where none finds its columns by title.
  /// - Parameter settings: the names of columns whose value is given beside the file.
  package func headerSearch(settings: Set<String>) -> HeaderSearch? {
    HeaderSearch(anyOf: groups.compactMap { $0.group.headerSearch(ofTable: 0, settings: settings) })
  }

  /// The variants for a kind of source. One for delimited text serves workbooks too, where none is for these.
  private func candidates(for kind: TableReader.Kind) -> [(variant: Specification.Variant, group: TableGroupDescription)] {
    func isFor(_ kind: TableReader.Kind, _ variant: Specification.Variant) -> Bool { variant.kinds.contains(kind.rawValue) }
    let kind = kind == .xlsx && !groups.contains { isFor(.xlsx, $0.variant) } ? .csv : kind
    return groups.filter { $0.variant.kinds.isEmpty || isFor(kind, $0.variant) }
  }

  /// The variant that fits a table.
  /// - Parameters:
  ///   - rows: the table.
  ///   - settings: the names of columns whose value is given beside the file.
  ///   - header: gives the header that the table has for a variant, which of a workbook may name the sheet.
  /// - Throws: ``ProblemCode/variantNone`` or ``ProblemCode/variantTie``, and where there is no choice what `header` throws.
  package func fitting(
    _ rows: any RowSource, settings: Set<String>, header: (TableGroupDescription) throws(Failure) -> [String]
  ) throws(Failure) -> TableGroupDescription {
    let possible = candidates(for: rows.kind)
    var candidates: [(variant: Specification.Variant, group: TableGroupDescription, found: Int, missing: [String], setting: String?)] = []
    for (variant, group) in possible {
      let titles = possible.count == 1 ? try header(group) : (try? header(group)) ?? []
      let fit = group.fit(header: titles, words, settings: settings, file: rows.name, comments: rows.comments)
      candidates.append((variant, group, fit.found, fit.missing, fit.setting))
    }
    let whole = candidates.filter { $0.missing.isEmpty }
    if let most = whole.map(\.found).max() {
      let best = whole.filter { $0.found == most }
      if best.count == 1 { return best[0].group }
      throw Failure(.variantTie, at: rows.place, ["choices": best.map(\.variant.name).joined(separator: ", ")])
    }
    guard let nearest = candidates.min(by: { ($0.missing.count, -$0.found) < ($1.missing.count, -$1.found) }) else {
      throw Failure(
        .variantNone, at: rows.place,
        ["mapping": .text(specification.name), "what": .phrase("files-of-kind", ["kind": rows.kind.rawValue])])
    }
    var arguments: [String: Words] = [
      "mapping": .text(specification.name), "what": .phrase("columns-of-file"), "variant": .text(nearest.variant.name),
      "missing": .text(nearest.missing.joined(separator: ", ")),
    ]
    arguments["setting"] = nearest.setting.map { .text($0) }
    throw Failure(.variantNone, at: rows.headerPlace(nil), arguments)
  }
}
