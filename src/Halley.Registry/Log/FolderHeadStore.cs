using System.Text.Json;
using Halley.Data;

namespace Halley.Registry;

/// <summary>Heads as files in a folder, one for each writer.</summary>
public sealed class FolderHeadStore : IHeadStore
{
    readonly string folder;

    public FolderHeadStore(string folder)
    {
        this.folder = folder;
        DurableFile.CreateFolder(folder);
    }

    public void Keep(LogHead head) =>
        DurableFile.Write(PathOf(head.Writer), JsonSerializer.SerializeToUtf8Bytes(head, RegistryJson.Default.LogHead));

    public IReadOnlyList<LogHead> Heads() =>
        [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Read)];

    internal string PathOf(Guid writer) => Path.Combine(folder, $"{writer}.json");

    static LogHead Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), RegistryJson.Default.LogHead)
                ?? throw new JsonException("it holds null");
        }
        catch (JsonException inner)
        {
            throw new HalleyException(
                "HLY5406",
                $"'{path}' holds no head of the decision log: {inner.Message}. Restore it from a copy.",
                FaultKind.CheckFailed,
                inner
            );
        }
    }
}
