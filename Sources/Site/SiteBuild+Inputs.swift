import Bytes
import Problems
import RDF

/// What a build reads.
extension SiteBuild {
  /// The files that a dataset's sources are at present, with copies in the places of what is fetched.
  /// - Throws: ``ProblemCode/inputMissing`` for a path or glob that finds nothing; why there is no copy.
  func sources(of dataset: SiteFile.Dataset) throws(Failure) -> [String] {
    if let pulls, dataset.isPulled { return try pulls.inputs(of: dataset) }
    return try SourceFiles.find(dataset.sources, in: site.folder)
  }

  /// The files that registers, their ledgers, code lists and crosswalks are read from, as far as they are named after them.
  var registerFiles: [String] {
    parts.flatMap { part -> [String] in
      switch part.kind {
      case .register: [part.source, library.tableFile(besides: part.source), library.ledgerFile(besides: part.source)]
      case .codeList, .crosswalk: [part.source]
      case .terms, .dataset, .catalog: []
      }
    }
  }

  /// The files of a dataset's mapping; none where it has none.
  func mappingFiles(of dataset: SiteFile.Dataset) -> [String] {
    do throws(Failure) {
      let folder = try library.mapping(dataset.mapping)
      return [".yaml", ".json", ".ttl"].flatMap { Library.files(in: folder, ending: $0) }
    } catch {
      return []
    }
  }

  /// What the identifiers of a dataset's things are made by beside files: its settings, the site's base and patterns, and what is pulled.
  func identifierRules(of dataset: SiteFile.Dataset, _ pulled: String) -> String {
    var text = ByteBuffer()
    func add(_ values: [String: String]) {
      for (key, value) in values.sorted(by: { $0.key < $1.key }) { text.append(bytes: ByteString("\(key)\t\(value)\n")) }
    }
    text.append(bytes: ByteString("\(site.base)\n\(dataset.variant ?? "")\n\(pulled)\n"))
    add(dataset.settings)
    add(site.registers)
    return text.view.text
  }

  /// The IRIs of the properties by which things of a dataset that grows are dropped; none where its mapping has none or can't be read.
  func moments(of dataset: SiteFile.Dataset) -> [String] {
    do throws(Failure) {
      // What is wrong in it is told when it is used.
      return try Specification(folder: library.mapping(dataset.mapping), resources: resources, problems: ProblemList()).moments
    } catch {
      return []
    }
  }
}
