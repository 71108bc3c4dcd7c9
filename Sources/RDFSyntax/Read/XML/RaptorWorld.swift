import CRaptor
import Synchronization

/// Raptor's state for the length of one reading. Worlds share nothing, but opening and closing them does: libxslt keeps settings of
/// the whole process.
struct RaptorWorld: ~Copyable {
  private static let gate = Mutex(())
  /// Raptor's own handle.
  let handle: OpaquePointer

  /// Nil where there is no memory for it.
  init?() {
    let opened = Self.gate.withLock { _ in Opened(pointer: Self.open()) }
    guard let pointer = opened.pointer else { return nil }
    handle = pointer
  }

  deinit {
    let closing = Opened(pointer: handle)
    Self.gate.withLock { _ in raptor_free_world(closing.pointer) }
  }

  private static func open() -> OpaquePointer? {
    guard let world = raptor_new_world_internal(UInt32(RAPTOR_VERSION)) else { return nil }
    // The handlers of libxml2 that are the process's own stay as they are; a reading has handlers of its own.
    raptor_world_set_flag(world, RAPTOR_WORLD_FLAG_LIBXML_GENERIC_ERROR_SAVE, 0)
    raptor_world_set_flag(world, RAPTOR_WORLD_FLAG_LIBXML_STRUCTURED_ERROR_SAVE, 0)
    // Nothing is fetched, so libcurl needs no state.
    raptor_world_set_flag(world, RAPTOR_WORLD_FLAG_WWW_SKIP_INIT_FINISH, 1)
    if raptor_world_open(world) == 0 { return world }
    raptor_free_world(world)
    return nil
  }

  /// A handle that goes through the gate; only one thread knows it.
  private struct Opened: @unchecked Sendable {
    let pointer: OpaquePointer?
  }
}
