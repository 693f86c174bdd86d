using Halley.Data;

namespace Halley.Server.Tests;

public sealed class ServerOptionsTests
{
    [Fact]
    public void All_wrong_settings_are_told_at_once_before_anything_starts()
    {
        var options = new ServerOptions
        {
            Store = "nowhere",
            Environment = "production",
            Address = "5480",
            MaximumBodyBytes = 10,
            MaximumDepth = 65,
            ShadowQueue = 0,
            Refresh = TimeSpan.Zero,
        };
        var fault = Assert.Throws<HalleyException>(() => DecisionServer.Build(options, TimeProvider.System));
        Assert.Equal(
            "HLY6000: the server can't start: the address '5480' is not of the form http://host:port. "
                + "a body of 10 bytes at most is too small; 1,024 is the least. a depth of 65 is not possible; it must lie in 4 to 64. "
                + "a shadow queue of 0 can hold nothing; 1 is the least. a refresh every 00:00:00 is not possible; it must be above zero.",
            fault.Message
        );
        Assert.False(Directory.Exists("nowhere"));
    }
}
