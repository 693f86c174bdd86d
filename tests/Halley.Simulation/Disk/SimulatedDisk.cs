namespace Halley.Simulation;

/// <summary>The disk of one simulated machine. Files are known by their last name; the folder before it names the process that has them open.</summary>
/// <remarks>
/// So that several processes of one simulation share <c>log.db</c>, each opens it as <c>…/PROCESS/log.db</c>. A killed
/// process's handles do nothing any more: what it had written stays, and nothing it still does can reach the disk.
/// </remarks>
sealed class SimulatedDisk
{
    readonly Lock gate = new();
    readonly Dictionary<string, SimulatedFile> files = [];
    readonly Dictionary<long, (SimulatedFile File, string Process, string Name)> handles = [];
    readonly List<SimulatedFile> removed = [];
    readonly HashSet<string> dead = [];
    int writesToFault;

    /// <summary>Whether the machine lost its power in the middle of a write: nothing reads or writes until <see cref="PowerCut"/>.</summary>
    internal bool IsOff { get; private set; }

    /// <summary>Planted bug: a sync that says it is done and does nothing.</summary>
    internal bool SkipsSync { get; init; }

    /// <summary>The fault to come; none once it has happened.</summary>
    internal DiskFault Fault { get; private set; }

    internal long Syncs { get; private set; }

    internal void Arm(DiskFault fault, int afterWrites)
    {
        lock (gate)
            (Fault, writesToFault) = (fault, afterWrites);
    }

    internal void Kill(string process)
    {
        lock (gate)
        {
            dead.Add(process);
            foreach (var (handle, open) in handles.Where(open => open.Value.Process == process))
                Release(handle, open.File);
        }
    }

    /// <summary>Everything that was not synced is lost, kept or torn. All processes must be dead before.</summary>
    internal void PowerCut(Random random)
    {
        lock (gate)
        {
            foreach (var (_, file) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
                file.PowerCut(random);
            IsOff = false;
        }
    }

    /// <summary>Frees what the simulation held, once nobody has a file open.</summary>
    internal void Free()
    {
        lock (gate)
        {
            foreach (var file in files.Values.Concat(removed))
                file.Memory.Free();
        }
    }

    internal bool Open(long handle, string? path, bool create)
    {
        lock (gate)
        {
            var (process, name) = path is null ? ("", $"temporary-{handle}") : Names(path);
            if (!files.TryGetValue(name, out var file))
            {
                if (!create)
                    return false;
                files.Add(name, file = new());
            }
            handles.Add(handle, (file, process, name));
            return true;
        }
    }

    internal void Close(long handle)
    {
        lock (gate)
        {
            if (handles.Remove(handle, out var open))
                Release(handle, open.File);
        }
    }

    internal bool Exists(string path)
    {
        lock (gate)
            return files.ContainsKey(Names(path).Name);
    }

    internal bool Delete(string path)
    {
        lock (gate)
        {
            var (process, name) = Names(path);
            if (IsOff || dead.Contains(process))
                return true;
            if (!files.Remove(name, out var file))
                return false;
            removed.Add(file);
            return true;
        }
    }

    /// <summary>Runs an operation on an open file; a dead process's fails.</summary>
    internal int On(long handle, Func<SimulatedFile, int> operation)
    {
        lock (gate)
        {
            return !IsOff && handles.TryGetValue(handle, out var open) && !dead.Contains(open.Process)
                ? operation(open.File)
                : SqliteCode.IoError;
        }
    }

    /// <summary>The same for a write, which may be the one that fails.</summary>
    internal int OnWrite(long handle, Func<SimulatedFile, int> operation) =>
        On(
            handle,
            file =>
            {
                if (Fault is not (DiskFault.None or DiskFault.SyncError) && writesToFault-- <= 0)
                {
                    var code = Fault == DiskFault.Full ? SqliteCode.Full : SqliteCode.IoErrorWrite;
                    IsOff = Fault == DiskFault.PowerLoss;
                    Fault = DiskFault.None;
                    return code;
                }
                return operation(file);
            }
        );

    internal int Sync(long handle) =>
        On(
            handle,
            file =>
            {
                Syncs++;
                if (Fault == DiskFault.SyncError)
                {
                    Fault = DiskFault.None;
                    return SqliteCode.IoErrorSync;
                }
                if (!SkipsSync)
                    file.Sync();
                return SqliteCode.Ok;
            }
        );

    static void Release(long handle, SimulatedFile file)
    {
        file.Locks.Remove(handle);
        file.Memory.Leave(handle);
    }

    static (string Process, string Name) Names(string path) =>
        (Path.GetFileName(Path.GetDirectoryName(path))!, Path.GetFileName(path));
}
