import Glibc
package import Problems
import Resources

/// Where mappings and vocabularies are found by name: folders looked through in order (contract §1).
///
/// The working directory comes first, then the site's folder, `$KOMMUNGRAF_HOME`, and what the program brought along.
package struct Library: Sendable {
  /// The folders that may hold `mappings/` and `vocabularies/`, the first one first.
  package let roots: [String]
  /// The folder of a site's own registers, or nil.
  private let ownRegisters: String?
  /// The roots that all sites share: those that came with the program.
  private let shared: Set<String>

  /// The library of these folders.
  package init(roots: [String]) { self.init(roots: roots, ownRegisters: nil, shared: []) }

  private init(roots: [String], ownRegisters: String?, shared: Set<String>) {
    self.roots = roots
    self.ownRegisters = ownRegisters
    self.shared = shared
  }

  /// The same library with the registers of a site, which stand in `registers/` of its folder and come before others of their name.
  package func holdingRegisters(ofSite folder: String) -> Library {
    Library(roots: roots, ownRegisters: (folder == "." ? "" : folder + "/") + "registers", shared: shared)
  }

  /// The library of this process.
  /// - Parameter folder: the folder of the site that is built, or nil.
  package static func standard(site folder: String? = nil) -> Library {
    var roots = ["."]
    if let folder, folder != "." { roots.append(folder) }
    let own = roots.map { resolved($0) }
    if let home = getenv("KOMMUNGRAF_HOME").map({ String(cString: $0) }), !home.isEmpty { roots.append(home) }
    if let program = ownRoot() { roots.append(program) }
    // What lies in the working directory or the site is the user's own, as where the program is developed.
    let shared = roots.filter { root in !own.contains { resolved(root) == $0 || resolved(root).hasPrefix($0 == "/" ? $0 : $0 + "/") } }
    let library = Library(roots: roots, ownRegisters: nil, shared: Set(shared))
    return folder.map { library.holdingRegisters(ofSite: $0) } ?? library
  }

  /// The folder that the program was installed in or built in: the nearest one above the executable with our vocabularies.
  private static func ownRoot() -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    guard readlink("/proc/self/exe", &buffer, Int(PATH_MAX)) > 0 else { return nil }
    var path = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    while let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      path = String(path[..<slash])
      for candidate in [path, path + "/share/kommungraf"] where exists(candidate + "/vocabularies/prefixes.ttl") { return candidate }
    }
    return nil
  }

  /// The first of the library's files with a path below its roots, or nil.
  package func file(_ path: String) -> String? {
    roots.map { ($0 == "." ? "" : $0 + "/") + path }.first(where: exists)
  }

  /// The folder of a mapping.
  /// - Throws: ``ProblemCode/mappingUnknown`` with the nearest name.
  package func mapping(_ name: String) throws(Failure) -> String {
    if let file = file("mappings/\(name)/specification.yaml") { return String(file.dropLast("/specification.yaml".count)) }
    var arguments = ["name": name]
    arguments["nearest"] = nearest(to: name, among: mappingNames)
    throw Failure(.mappingUnknown, value: name, arguments)
  }

  /// The names of all mappings, in order.
  package var mappingNames: [String] {
    names(in: "mappings").filter { file("mappings/\($0)/specification.yaml") != nil }
  }

  private static let registerEnding = ".csv-metadata.json"

  /// The names of all registers, in order.
  package var registerNames: [String] {
    let files = names(in: "vocabularies") + (ownRegisters.map { entries(of: $0) } ?? [])
    return Set(files.filter { $0.hasSuffix(Self.registerEnding) }.map { String($0.dropLast(Self.registerEnding.count)) }).sorted()
  }

  /// The metadata file of a register, or nil where there is none of that name.
  package func registerFile(_ name: String) -> String? {
    // A path is no name: another spelling of it would make another register of the same files, with another ledger.
    if name.contains("/") || name.hasPrefix(".") { return nil }
    if let own = ownRegisters.map({ $0 + "/" + name + Self.registerEnding }), exists(own) { return own }
    return file("vocabularies/" + name + Self.registerEnding)
  }

  /// Whether the register with that metadata file is the user's own: it stands in the working directory or in the site, not in a folder that
  /// all sites share.
  func isOwn(_ metadata: String) -> Bool { !shared.contains { metadata.hasPrefix($0 + "/vocabularies/") } }

  /// Where the ledger of a register with that metadata file is kept: beside it, whether or not there is one yet.
  package func ledgerFile(besides metadata: String) -> String { metadata.dropLast(Self.registerEnding.count) + ".ledger" }

  /// The table that a register with that metadata file is beside, by its name.
  func tableFile(besides metadata: String) -> String { metadata.dropLast(Self.registerEnding.count) + ".csv" }

  /// The names of all code lists, in order.
  package var codeListNames: [String] {
    names(in: "vocabularies/codes").filter { $0.hasSuffix(".ttl") }.map { String($0.dropLast(4)) }
  }

  /// All files with a path below the library's roots, each once, that of the first root first.
  func files(_ path: String) -> [String] {
    var seen: Set<String> = []
    return roots.map { ($0 == "." ? "" : $0 + "/") + path }.filter { exists($0) && seen.insert(resolved($0)).inserted }
  }

  /// The paths of the files in a folder whose names have an ending, by name; none where there is no such folder.
  package static func files(in folder: String, ending: String) -> [String] {
    entries(of: folder).filter { $0.hasSuffix(ending) }.map { folder + "/" + $0 }
  }

  /// The files of the checks of graphs, by name; one in an earlier root stands for one of its name in a later.
  var checkFiles: [String] {
    names(in: "vocabularies/checks").filter { $0.hasSuffix(".rq") }.compactMap { file("vocabularies/checks/" + $0) }
  }

  private func names(in folder: String) -> [String] {
    Set(roots.flatMap { entries(of: ($0 == "." ? "" : $0 + "/") + folder) }).sorted()
  }
}

/// Whether there is a file or folder at a path.
func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

/// The names in a folder that are not hidden; none where there is no such folder.
func entries(of folder: String) -> [String] { FolderListing.names(in: folder).filter { !$0.hasPrefix(".") } }
