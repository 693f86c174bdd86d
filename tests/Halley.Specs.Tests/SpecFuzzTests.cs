using System.Text;
using Halley.Data;

namespace Halley.Specs.Tests;

/// <summary>The samples' YAML files, changed at random: each is read or refused in words.</summary>
/// <remarks>HALLEY_FUZZ_FILES sets how many, HALLEY_FUZZ_SEED the first seed.</remarks>
public sealed class SpecFuzzTests
{
    const long MostBytesOfOneFile = 100L << 20;
    static readonly string Folder = Path.Combine(ProjectRoot.Path, "samples", "motor");

    static readonly (string Place, Action<string, string> Parse)[] Kinds =
    [
        ("models", (text, place) => SpecFiles.Model.Parse(text, place)),
        ("decisions", (text, place) => SpecFiles.Decision.Parse(text, place)),
        ("tests", (text, place) => SpecFiles.Tests.Parse(text, place)),
        ("data.yaml", (text, place) => SpecFiles.Data.Parse(text, place)),
        ("gates.yaml", (text, place) => SpecFiles.Gates.Parse(text, place)),
        ("value.yaml", (text, place) => SpecFiles.Value.Parse(text, place)),
        ("monitor.yaml", (text, place) => SpecFiles.Monitor.Parse(text, place)),
    ];

    [Fact]
    public void Changed_files_are_refused_in_words_or_read()
    {
        var sound = Kinds.Select(kind => Files(kind.Place)).ToArray();
        var files = FuzzedBytes.Count("HALLEY_FUZZ_FILES", 3_000);
        var codes = new HashSet<string>();
        var read = 0;
        for (var seed = FuzzedBytes.FirstSeed; seed < FuzzedBytes.FirstSeed + files; seed++)
        {
            var random = new Random(seed);
            var kind = random.Next(Kinds.Length);
            var text = Encoding.UTF8.GetString(FuzzedBytes.Of(sound[kind], random));
            var taken = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Kinds[kind].Parse(text, "changed.yaml");
                read++;
            }
            catch (HalleyException refused)
            {
                codes.Add(refused.Code);
                Assert.Contains("changed.yaml", refused.Message, StringComparison.Ordinal);
            }
            catch (Exception fault)
            {
                Assert.Fail($"seed {seed}, {Kinds[kind].Place}: {fault}");
            }
            taken = GC.GetAllocatedBytesForCurrentThread() - taken;
            Assert.True(taken < MostBytesOfOneFile, $"seed {seed}, {Kinds[kind].Place} took {taken} bytes for {text.Length}");
        }
        Assert.True(read > 0 && codes.Count >= 2, $"{read} read, {string.Join(", ", codes)}");
    }

    static byte[][] Files(string place)
    {
        var path = Path.Combine(Folder, place);
        return File.Exists(path) ? [File.ReadAllBytes(path)] : [.. Directory.GetFiles(path).Order().Select(File.ReadAllBytes)];
    }
}
