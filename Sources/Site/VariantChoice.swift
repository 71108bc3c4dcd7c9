import Bytes
package import Mapping
package import Problems
package import Resources
import Tables

/// Chooses the variant of a mapping that fits a file: by the kind of source, then by most required columns found (contract §3).
package struct VariantChoice {
  private let specification: Specification
  private let groups: [(variant: Specification.Variant, group: TableGroupDescription)]

  /// A choice among the variants of `specification`, all of which are read.
  /// - Throws: what reading a mapping throws.
  package init(_ specification: Specification, resources: any ByteSource, problems: any ProblemSink) throws(Failure) {
    self.specification = specification
    let locator = MetadataLocator(resources: resources, problems: problems)
    var groups: [(variant: Specification.Variant, group: TableGroupDescription)] = []
    for variant in specification.variants { groups.append((variant, try locator.read(fileIRI(variant.path), file: variant.path))) }
    self.groups = groups
  }

  /// Whether a variant may withhold something.
  package var isSecretive: Bool { groups.contains { $0.group.isSecretive(table: 0) } }

  /// The variant with a name.
  /// - Throws: ``ProblemCode/variantUnknown`` with those there are.
  package func named(_ name: String) throws(Failure) -> TableGroupDescription {
    guard let found = groups.first(where: { $0.variant.name == name }) else {
      throw Failure(.variantUnknown, value: name, ["name": name, "choices": specification.variants.map(\.name).joined(separator: ", ")])
    }
    return found.group
  }

  /// The variant that fits a file with this header.
  /// - Parameters:
  ///   - isJSON: whether the file is JSON.
  ///   - settings: the names of columns whose value is given beside the file.
  /// - Throws: ``ProblemCode/variantNone`` or ``ProblemCode/variantTie``.
  package func fitting(header: [String], isJSON: Bool, settings: Set<String>, file: String) throws(Failure) -> TableGroupDescription {
    let kind = isJSON ? "json" : "csv"
    var candidates: [(variant: Specification.Variant, group: TableGroupDescription, found: Int, missing: [String])] = []
    for (variant, group) in groups where variant.kinds.isEmpty || variant.kinds.contains(kind) {
      let fit = group.fit(header: header, settings: settings, file: file)
      candidates.append((variant, group, fit.found, fit.missing))
    }
    let whole = candidates.filter { $0.missing.isEmpty }
    if let most = whole.map(\.found).max() {
      let best = whole.filter { $0.found == most }
      if best.count == 1 { return best[0].group }
      throw Failure(.variantTie, at: Place(file: file), ["choices": best.map(\.variant.name).joined(separator: ", ")])
    }
    guard let nearest = candidates.min(by: { ($0.missing.count, -$0.found) < ($1.missing.count, -$1.found) }) else {
      throw Failure(
        .variantNone, at: Place(file: file), ["mapping": .text(specification.name), "what": .phrase("files-of-kind", ["kind": kind])])
    }
    throw Failure(
      .variantNone, at: Place(file: file, line: 1),
      [
        "mapping": .text(specification.name), "what": .phrase("columns-of-file"), "variant": .text(nearest.variant.name),
        "missing": .text(nearest.missing.joined(separator: ", ")),
      ])
  }
}
