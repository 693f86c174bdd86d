using System.Buffers;
using System.Security.Cryptography;

namespace Halley.Boosting;

/// <summary>The snapshot of one run: what it belongs to, the run's state, and a hash of both.</summary>
/// <remarks>Magic u64; identity 32 bytes; state; SHA-256 of all before. A file is written beside the old one and then takes its place.</remarks>
sealed class SnapshotFile(string folder, int member, byte[] identity)
{
    const ulong Magic = 0x32504e5359454c48;
    const int HeadBytes = sizeof(ulong) + SHA256.HashSizeInBytes;

    readonly string path = Path.Combine(folder, $"seed-{member}.snapshot");

    internal void Write(BoostingRun run)
    {
        Directory.CreateDirectory(folder);
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new LittleEndianWriter(buffer);
        writer.Write(Magic);
        buffer.Write(identity);
        run.WriteState(writer);
        buffer.Write(SHA256.HashData(buffer.WrittenSpan));
        var fresh = path + ".new";
        using (var stream = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        {
            stream.Write(buffer.WrittenSpan);
            stream.Flush(flushToDisk: true);
        }
        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>Brings a fresh run to where the snapshot was taken.</summary>
    /// <returns>False where there is none.</returns>
    /// <exception cref="Data.HalleyException">HLY2262: it belongs to another fit; HLY2263: it is damaged.</exception>
    internal bool TryResume(BoostingRun run)
    {
        if (!File.Exists(path))
            return false;
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < HeadBytes + SHA256.HashSizeInBytes)
            BoostingErrors.ThrowDamagedSnapshot(path);
        var content = bytes.AsSpan(0, bytes.Length - SHA256.HashSizeInBytes);
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(bytes.AsSpan(content.Length)))
            BoostingErrors.ThrowDamagedSnapshot(path);
        if (!content[sizeof(ulong)..HeadBytes].SequenceEqual(identity))
            BoostingErrors.ThrowForeignSnapshot(path);
        var reader = new LittleEndianReader(content[HeadBytes..]);
        run.ReadState(ref reader);
        return true;
    }
}
