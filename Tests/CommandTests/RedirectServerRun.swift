import Foundation
import Glibc
import TestSupport
import Testing

/// nginx or Apache with redirects as their configuration, started for a test on a port of this machine and stopped with it.
final class RedirectServerRun {
  /// The port that it listens on.
  let port: Int
  private let program: ChildProgram
  private let folder: TemporaryFolder

  /// Whether a server is installed.
  static func isInstalled(_ name: String) -> Bool { path(name) != nil }

  private static func path(_ name: String) -> String? {
    ["/usr/sbin/", "/usr/bin/"].map { $0 + (name == "apache" ? "apache2" : name) }.first(where: FileManager.default.isExecutableFile)
  }

  /// Starts a server that includes these files, and waits until it answers.
  init(_ name: String, including files: [String]) throws {
    folder = try TemporaryFolder()
    chmod(folder.path, 0o755)
    port = try Self.freePort()
    let includes = files.map { name == "nginx" ? "include \($0);" : "Include \($0)" }.joined(separator: "\n")
    try folder.write("server.conf", name == "nginx" ? Self.nginx(folder.path, port, includes) : Self.apache(folder.path, port, includes))
    program = try ChildProgram(
      #require(Self.path(name)), (name == "nginx" ? ["-c"] : ["-X", "-f"]) + [folder.file("server.conf")])
    while program.isRunning, (try? HTTPExchange(port: port, "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")) == nil {
      usleep(10_000)
    }
    if !program.isRunning { throw DidNotStart(configuration: try folder.text(of: "server.conf")) }
  }

  deinit {
    program.terminate()
    _ = program.wait(seconds: 30)
  }

  struct DidNotStart: Error { let configuration: String }

  /// The answer to GET, with the path as it is written.
  func get(_ path: String) throws -> HTTPExchange {
    try HTTPExchange(port: port, "GET \(path) HTTP/1.1\r\nHost: data.example.se\r\nConnection: close\r\n\r\n")
  }

  private static func freePort() throws -> Int {
    let probe = try LocalServer([:])
    defer { probe.stop() }
    return Int(probe.port)
  }

  private static func nginx(_ folder: String, _ port: Int, _ includes: String) -> String {
    let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \(folder)/\($0);" }.joined(separator: " ")
    return """
      daemon off; error_log \(folder)/error.log; pid \(folder)/pid;
      events {}
      http {
        access_log off; \(temporary)
        server { listen 127.0.0.1:\(port); root \(folder);
      \(includes)
        }
      }
      """
  }

  private static func apache(_ folder: String, _ port: Int, _ includes: String) -> String {
    let modules = ["mpm_event", "authz_core", "rewrite", "headers"].map { "LoadModule \($0)_module /usr/lib/apache2/modules/mod_\($0).so" }
    return """
      ServerRoot "\(folder)"
      DefaultRuntimeDir "\(folder)"
      Listen 127.0.0.1:\(port)
      ServerName data.example.se
      PidFile \(folder)/pid
      ErrorLog \(folder)/error.log
      User www-data
      Group www-data
      \(modules.joined(separator: "\n"))
      <VirtualHost 127.0.0.1:\(port)>
      \(includes)
      </VirtualHost>
      """
  }
}
