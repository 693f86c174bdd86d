using System.IO.Compression;

namespace Halley.Registry.Tests;

public sealed class BundleTests
{
    [Fact]
    public async Task A_release_arrives_with_its_origin_and_can_be_proved_and_promoted_there()
    {
        await using var here = new Desk();
        var id = await here.ReleaseAsync("one", Desk.Bob);
        var bytes = await ExportAsync(here, id);
        await using var there = new Desk(trusted: here.Key);
        // The other store has a model of that name already, so that numbers differ.
        await there.Registry.RegisterModelAsync("claim-count", Desk.Bytes("another model"), Desk.Alice);
        var (release, added) = await ImportAsync(there, bytes);
        Assert.True(added);
        Assert.Equal(
            (id, "claim-count@2", "bob", "alice"),
            (release.Origin!.Release.Id, release.Models[0].Version.ToString(), release.By.Name, release.ImportedBy!.Name)
        );
        Assert.True((await there.Registry.VerifyReleaseAsync(release.Id)).IsSound);
        Assert.Equal(release.Id, (await there.PromoteAsync(release.Id)).Arms.Champion);
        var (again, addedAgain) = await ImportAsync(there, bytes);
        Assert.Equal((release.Id, false), (again.Id, addedAgain));
    }

    [Fact]
    public async Task The_same_release_gives_the_same_bytes()
    {
        await using var desk = new Desk();
        var id = await desk.ReleaseAsync("one");
        Assert.Equal(await ExportAsync(desk, id), await ExportAsync(desk, id));
    }

    [Fact]
    public async Task A_stranger_is_not_believed_and_nothing_is_kept()
    {
        await using var here = new Desk();
        var bytes = await ExportAsync(here, await here.ReleaseAsync("one"));
        await using var there = new Desk();
        var fault = await Faults.OfAsync(() => ImportAsync(there, bytes));
        Assert.StartsWith(
            "HLY5130: 'file' cannot be imported: motor-quote@1 is not to be believed: it is signed with the key",
            fault.Message,
            StringComparison.Ordinal
        );
        Assert.Empty(await there.Registry.ReleasesAsync());
        Assert.Empty(await there.Registry.ModelsAsync());
    }

    [Theory]
    [InlineData("blob", "was modified")]
    [InlineData("gone", "is missing")]
    [InlineData("note", "its signature with the key")]
    [InlineData("table", "has other content than its hash says")]
    [InlineData("manifest", "it holds no release.json")]
    public async Task Whatever_was_changed_on_the_way_is_found(string what, string words)
    {
        await using var here = new Desk();
        var bytes = await ExportAsync(here, await here.ReleaseAsync("one"));
        await using var there = new Desk(trusted: here.Key);
        var fault = await Faults.OfAsync(() => ImportAsync(there, Change(bytes, what)));
        Assert.StartsWith("HLY5130", fault.Message, StringComparison.Ordinal);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        Assert.Empty(await there.Registry.ReleasesAsync());
    }

    [Fact]
    public async Task What_is_no_bundle_is_refused_as_such()
    {
        await using var desk = new Desk();
        var fault = await Faults.OfAsync(() => ImportAsync(desk, [1, 2, 3]));
        Assert.StartsWith("HLY5130: 'file' cannot be imported:", fault.Message, StringComparison.Ordinal);
    }

    static byte[] Change(byte[] bytes, string what)
    {
        using var memory = new MemoryStream();
        memory.Write(bytes);
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = what is "blob" or "gone"
                ? zip.Entries.First(one => one.FullName.StartsWith("blobs/", StringComparison.Ordinal))
                : zip.GetEntry("release.json")!;
            using var reader = new StreamReader(entry.Open());
            var text = reader.ReadToEnd();
            reader.Close();
            var name = entry.FullName;
            entry.Delete();
            if (what is not ("gone" or "manifest"))
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(
                    what switch
                    {
                        "blob" => text + " ",
                        "note" => text.Replace("\"note\":\"\"", "\"note\":\"signed by nobody\"", StringComparison.Ordinal),
                        _ => text.Replace("\"name\":\"area\"", "\"name\":\"areal\"", StringComparison.Ordinal),
                    }
                );
            }
        }
        return memory.ToArray();
    }

    static async Task<byte[]> ExportAsync(Desk desk, VersionId id)
    {
        using var memory = new MemoryStream();
        await ReleaseBundle.WriteAsync(desk.Registry, id, memory);
        return memory.ToArray();
    }

    static async Task<(Release Release, bool Added)> ImportAsync(Desk desk, byte[] bytes)
    {
        using var memory = new MemoryStream(bytes);
        return await desk.Registry.ImportAsync(memory, "file", Desk.Alice);
    }
}
