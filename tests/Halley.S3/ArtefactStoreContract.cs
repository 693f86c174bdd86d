using System.Text;
using Halley.Data;
using Halley.Registry;

namespace Halley.S3;

/// <summary>What every store of artefacts must do; a class for each store derives from it.</summary>
public abstract class ArtefactStoreContract
{
    private protected abstract Task<IArtefactStore> OpenAsync();

    /// <summary>Replaces or removes (null) what is kept under a hash, behind the store's back.</summary>
    private protected abstract void Tamper(ContentHash hash, byte[]? content);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_000)]
    public async Task Bytes_come_back_by_their_hash(int length)
    {
        var store = await OpenAsync();
        var content = Enumerable.Range(0, length).Select(i => (byte)(i * 7)).ToArray();
        Assert.False(await store.ContainsAsync(ContentHash.Of(content)));
        var hash = await store.PutAsync(content);
        Assert.Equal(ContentHash.Of(content), hash);
        Assert.True(await store.ContainsAsync(hash));
        Assert.Equal(content, await store.GetAsync(hash));
    }

    [Fact]
    public async Task The_same_bytes_again_change_nothing_also_from_many_at_once()
    {
        var store = await OpenAsync();
        var content = Encoding.UTF8.GetBytes("model");
        var hashes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.PutAsync(content)));
        Assert.Equal(ContentHash.Of(content), Assert.Single(hashes.Distinct()));
        Assert.Equal(content, await store.GetAsync(hashes[0]));
    }

    [Fact]
    public async Task Missing_bytes_are_named_and_can_be_put_again()
    {
        var store = await OpenAsync();
        var hash = await store.PutAsync(new byte[] { 1, 2 });
        Tamper(hash, null);
        var fault = await Assert.ThrowsAsync<HalleyException>(() => store.GetAsync(hash));
        Assert.Equal(("HLY5102", FaultKind.CheckFailed), (fault.Code, fault.Kind));
        Assert.Contains(hash.Hex, fault.Message, StringComparison.Ordinal);
        await store.PutAsync(new byte[] { 1, 2 });
        Assert.Equal([1, 2], await store.GetAsync(hash));
    }

    [Fact]
    public async Task Modified_bytes_are_refused_and_replaced_by_the_right_ones()
    {
        var store = await OpenAsync();
        var hash = await store.PutAsync(new byte[] { 1, 2 });
        Tamper(hash, [1, 3]);
        var fault = await Assert.ThrowsAsync<HalleyException>(() => store.GetAsync(hash));
        Assert.Equal(("HLY5103", FaultKind.CheckFailed), (fault.Code, fault.Kind));
        await store.PutAsync(new byte[] { 1, 2 });
        Assert.Equal([1, 2], await store.GetAsync(hash));
    }
}
