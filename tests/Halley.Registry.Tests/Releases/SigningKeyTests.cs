namespace Halley.Registry.Tests;

public sealed class SigningKeyTests
{
    [Fact]
    public void A_key_is_made_once_and_only_its_owner_can_read_it()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("keys/signing.pem");
        using var first = SigningKey.LoadOrCreate(path);
        using var again = SigningKey.LoadOrCreate(path);
        Assert.Equal(first.Public.Id, again.Public.Id);
        Assert.Null(TrustedKeys.FromFolder(folder.At("keys")).Problem(first.Public.Id, "text"u8, again.Sign("text"u8)));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task Many_who_start_at_once_share_one_key()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("keys/signing.pem");
        var keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => SigningKey.LoadOrCreate(path))));
        Assert.Single(keys.Select(key => key.Public.Id).Distinct());
        Assert.Equal(2, Directory.GetFiles(folder.At("keys")).Length);
    }

    [Fact]
    public void A_changed_byte_breaks_the_signature()
    {
        using var key = SigningKey.Create();
        var trusted = new TrustedKeys([key.Public]);
        Assert.Equal(
            $"its signature with the key {key.Public.Id} does not fit its content",
            trusted.Problem(key.Public.Id, "texT"u8, key.Sign("text"u8))
        );
    }

    [Fact]
    public async Task Text_that_is_no_key_is_refused_with_the_way_to_make_one()
    {
        var fault = await Faults.OfAsync(() => Task.FromResult(SigningKey.FromPem("hello", "HALLEY_KEY")));
        Assert.Equal(
            "HLY5105: HALLEY_KEY holds no EC private key on the curve P-256 in PEM form. Make one with 'openssl ecparam -name prime256v1 -genkey -noout'.",
            fault.Message
        );
    }
}
