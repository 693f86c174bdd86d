using Halley.Data;

namespace Halley.Registry.Tests;

public sealed class ReleaseTests
{
    [Fact]
    public async Task A_release_pins_what_its_aliases_mean_when_it_is_made()
    {
        await using var desk = new Desk();
        await desk.Registry.RegisterModelAsync("claim-count", Desk.Bytes("one"), Desk.Alice);
        await desk.Registry.SetAliasAsync(new("claim-count", 1), "best", Desk.Alice, "first");
        var (release, _) = await desk.Registry.ReleaseAsync(Draft("{}", "claim-count@best"));
        await desk.Registry.RegisterModelAsync("claim-count", Desk.Bytes("two"), Desk.Alice);
        await desk.Registry.SetAliasAsync(new("claim-count", 2), "best", Desk.Alice, "second");
        var read = await desk.Registry.FindReleaseAsync(release.Id);
        Assert.Equal(new("claim-count@best", new("claim-count", 1), ContentHash.Of("one"u8)), Assert.Single(read.Models));
    }

    [Fact]
    public async Task The_hash_covers_definition_models_and_tables_and_nothing_else()
    {
        await using var desk = new Desk();
        await desk.Registry.RegisterModelAsync("claim-count", Desk.Bytes("one"), Desk.Alice);
        await desk.Registry.RegisterModelAsync("claim-count", Desk.Bytes("two"), Desk.Alice);
        var (first, _) = await desk.Registry.ReleaseAsync(Draft("{}", "claim-count@1"));
        var (same, added) = await desk.Registry.ReleaseAsync(Draft("{}", "claim-count@1") with { Note = "again", By = Desk.Bob });
        Assert.False(added);
        Assert.Equal(first.Id, same.Id);

        var table = new Dictionary<string, ReadOnlyMemory<byte>> { ["area"] = Desk.Bytes("A,1\n") };
        var others = new[]
        {
            Draft("{ }", "claim-count@1"),
            Draft("{}", "claim-count@2"),
            Draft("{}", "claim-count@1") with
            {
                Tables = table,
            },
        };
        foreach (var draft in others)
        {
            var (other, isNew) = await desk.Registry.ReleaseAsync(draft);
            Assert.True(isNew);
            Assert.NotEqual(first.Hash, other.Hash);
        }
        Assert.Equal(4, (await desk.Registry.ReleasesAsync("motor-quote")).Count);
    }

    [Fact]
    public async Task A_sound_release_is_proved_sound()
    {
        await using var desk = new Desk();
        var check = await desk.Registry.VerifyReleaseAsync(await desk.ReleaseAsync("one"));
        Assert.True(check.IsSound);
        Assert.Equal(3, check.Artefacts);
    }

    [Fact]
    public async Task Every_missing_or_modified_artefact_is_named()
    {
        await using var desk = new Desk();
        var release = await desk.Registry.FindReleaseAsync(await desk.ReleaseAsync("one"));
        File.Delete(desk.Artefacts.PathOf(release.Models[0].Hash));
        File.AppendAllText(desk.Artefacts.PathOf(release.Tables[0].Hash), " ");
        var check = await desk.Registry.VerifyReleaseAsync(release.Id);
        Assert.Equal(2, check.Problems.Count);
        Assert.StartsWith($"model claim-count@1: HLY5102: artefact {release.Models[0].Hash.Short} is missing", check.Problems[0]);
        Assert.StartsWith($"table 'area': HLY5103: artefact {release.Tables[0].Hash.Short} was modified", check.Problems[1]);
        var fault = await Faults.OfAsync(() => desk.PromoteAsync(release.Id));
        Assert.StartsWith("HLY5114: release motor-quote@1 is not sound: model claim-count@1:", fault.Message);
        Assert.Equal(FaultKind.CheckFailed, fault.Kind);
    }

    [Fact]
    public async Task The_same_bytes_again_repair_a_damaged_artefact()
    {
        await using var desk = new Desk();
        var hash = await desk.Artefacts.PutAsync(Desk.Bytes("one"));
        File.WriteAllText(desk.Artefacts.PathOf(hash), "two");
        await desk.Artefacts.PutAsync(Desk.Bytes("one"));
        Assert.Equal("one"u8.ToArray(), await desk.Artefacts.GetAsync(hash));
    }

    [Theory]
    [InlineData("\"note\":\"\"", "\"note\":\"safe\"", "does not fit its content")]
    [InlineData("\"by\":{\"name\":\"alice\"", "\"by\":{\"name\":\"mallory\"", "does not fit its content")]
    [InlineData(
        "claim-count@1\",\"version\":\"claim-count@1\"",
        "claim-count@1\",\"version\":\"claim-count@2\"",
        "content has the hash"
    )]
    public async Task A_record_altered_in_the_database_is_found(string from, string to, string problem)
    {
        await using var desk = new Desk();
        var id = await desk.ReleaseAsync("one");
        using (var connection = SqliteFile.Open(desk.RegistryFile))
        {
            connection.Run("DROP TRIGGER release_update");
            Assert.Equal(1, connection.Run("UPDATE release SET body = replace(body, $from, $to)", ("$from", from), ("$to", to)));
        }
        var check = await desk.Registry.VerifyReleaseAsync(id);
        Assert.Contains(check.Problems, found => found.Contains(problem));
    }

    [Fact]
    public async Task A_release_signed_by_another_key_is_not_believed_until_that_key_is_trusted()
    {
        await using var desk = new Desk();
        var id = await desk.ReleaseAsync("one");
        var signer = (await desk.Registry.FindReleaseAsync(id)).KeyId;
        using var otherKey = SigningKey.Create();
        var stranger = new ReleaseRegistry(desk.Store, desk.Artefacts, otherKey, new([]), desk.Time);
        var problem = Assert.Single((await stranger.VerifyReleaseAsync(id)).Problems);
        Assert.Equal($"it is signed with the key {signer}, which is not among the trusted ones ({otherKey.Public.Id})", problem);
    }

    [Fact]
    public async Task A_release_that_is_not_there_says_which_is_the_newest()
    {
        await using var desk = new Desk();
        await desk.ReleaseAsync("one");
        var fault = await Faults.OfAsync(() => desk.Registry.FindReleaseAsync(new("motor-quote", 7)));
        Assert.Equal("HLY5113: there is no release motor-quote@7: the newest is motor-quote@1.", fault.Message);
    }

    static ReleaseDraft Draft(string definition, params string[] models) =>
        new()
        {
            Decision = "motor-quote",
            Definition = Desk.Bytes(definition),
            Models = models,
            By = Desk.Alice,
        };
}
