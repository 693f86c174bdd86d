namespace Halley.Registry.Tests;

public sealed class LocalStoreTests
{
    [Fact]
    public async Task A_folder_holds_everything_and_opens_again()
    {
        using var folder = new TemporaryFolder();
        VersionId release;
        Guid decision;
        await using (var store = new LocalStore(folder.At("store"), TimeProvider.System))
        {
            await store.Registry.RegisterModelAsync("claim-count", Desk.Bytes("one"), Desk.Alice);
            var draft = new ReleaseDraft
            {
                Decision = "motor-quote",
                Definition = Desk.Bytes("{}"),
                Models = ["claim-count@1"],
                By = Desk.Alice,
            };
            release = (await store.Registry.ReleaseAsync(draft)).Release.Id;
            await using var log = store.OpenLog();
            decision = log.NewId();
            await using var desk = new LogDesk();
            await log.AppendAsync(desk.Decision() with { Id = decision });
        }
        await using var again = new LocalStore(folder.At("store"), TimeProvider.System);
        Assert.True((await again.Registry.VerifyReleaseAsync(release)).IsSound);
        Assert.NotNull(await again.LogReader.FindAsync(decision));
        var check = await again.VerifyLogAsync();
        Assert.Equal((true, 1L, 0L), (check.IsWhole, check.Proven, check.Beyond));
    }

    [Fact]
    public async Task Releases_of_a_replaced_key_stay_provable_while_its_public_half_is_there()
    {
        using var folder = new TemporaryFolder();
        VersionId release;
        await using (var store = new LocalStore(folder.Path, TimeProvider.System))
        {
            var draft = new ReleaseDraft
            {
                Decision = "motor-quote",
                Definition = Desk.Bytes("{}"),
                By = Desk.Alice,
            };
            release = (await store.Registry.ReleaseAsync(draft)).Release.Id;
        }
        File.Move(folder.At("keys/signing.pub.pem"), folder.At("keys/2025.pub.pem"));
        File.Delete(folder.At("keys/signing.pem"));
        await using (var store = new LocalStore(folder.Path, TimeProvider.System))
            Assert.True((await store.Registry.VerifyReleaseAsync(release)).IsSound);
        File.Delete(folder.At("keys/2025.pub.pem"));
        await using var last = new LocalStore(folder.Path, TimeProvider.System);
        Assert.False((await last.Registry.VerifyReleaseAsync(release)).IsSound);
    }

    [Fact]
    public async Task Heads_and_key_can_be_kept_elsewhere()
    {
        using var folder = new TemporaryFolder();
        await using (var store = new LocalStore(folder.At("store"), TimeProvider.System, folder.At("heads"), SigningKey.Create()))
        await using (store.OpenLog()) { }
        Assert.Single(Directory.GetFiles(folder.At("heads")));
        Assert.False(Directory.Exists(folder.At("store/heads")));
        Assert.False(File.Exists(folder.At("store/keys/signing.pem")));
    }
}
