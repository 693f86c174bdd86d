using Halley.Registry;

namespace Halley.Chaos;

public sealed class DiskFullTests
{
    [Fact]
    public async Task A_full_disk_refuses_in_words_loses_nothing_and_recovers_when_there_is_space()
    {
        using var folder = new ChaosFolder();
        // A small disk of its own, seen by the victim alone: no rights are needed for that.
        var unshare = Tool.Require("unshare", "util-linux");
        string[] shell =
        [
            "-Urm",
            "sh",
            "-c",
            "mount -t tmpfs -o size=8m tmpfs \"$0\" && echo mounted && exec \"$@\"",
            folder.Path,
            Environment.ProcessPath!,
            .. VictimProcess.Command("fill", folder.Path),
        ];
        using var victim = VictimProcess.Start(unshare, shell);
        var lines = (await victim.LinesAsync()).Select(line => string.Join(' ', line)).ToList();
        if (lines.Count == 0)
            Assert.Skip("this machine lets no process have a mount of its own.");
        Assert.Equal(0, victim.ExitCode);
        Assert.Equal(
            $"fault HLY5002: the disk that holds '{Path.Combine(folder.Path, "log.db")}' is full. Free space; then the same call works again.",
            lines[1]
        );
        Assert.Equal("still HLY5002", lines[2]);
        Assert.Equal("after none", lines[3]);
        Assert.Matches("acknowledged [0-9]{3,} [0-9]{3,} lost 0 whole True", lines[4]);
    }

    [Fact]
    public async Task A_read_only_store_is_refused_in_words()
    {
        if (!OperatingSystem.IsLinux() || Environment.IsPrivilegedProcess)
        {
            // Root writes through a file's rights: a directory in the file's place stops it as well.
            using var blocked = new ChaosFolder();
            Directory.CreateDirectory(Path.Combine(blocked.Path, "log.db"));
            var opened = Assert.Throws<Data.HalleyException>(() => new LocalStore(blocked.Path, TimeProvider.System));
            Assert.StartsWith($"HLY5006: '{Path.Combine(blocked.Path, "log.db")}' could not be read or written", opened.Message);
            Assert.Equal(Data.FaultKind.Environment, opened.Kind);
            return;
        }
        using var folder = new ChaosFolder();
        await using (new LocalStore(folder.Path, TimeProvider.System)) { }
        File.SetUnixFileMode(Path.Combine(folder.Path, "log.db"), UnixFileMode.UserRead);
        var fault = Assert.Throws<Data.HalleyException>(() => new LocalStore(folder.Path, TimeProvider.System));
        Assert.Equal(
            $"HLY5004: '{Path.Combine(folder.Path, "log.db")}' is read-only. Correct the rights of the file and its folder.",
            fault.Message
        );
    }
}
