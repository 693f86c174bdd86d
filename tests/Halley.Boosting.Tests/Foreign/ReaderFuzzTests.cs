using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting.Tests;

/// <summary>Real files, changed at random: each is refused with its place or gives a model that scores; none crashes, hangs or takes memory by its own claim.</summary>
/// <remarks>HALLEY_FUZZ_SECONDS sets the time of each reader, HALLEY_FUZZ_SEED the first seed.</remarks>
public sealed class ReaderFuzzTests(ITestOutputHelper output)
{
    const long MostBytesOfOneFile = 600L << 20;
    static readonly TimeSpan LongestOfOneFile = TimeSpan.FromSeconds(20);
    static readonly LevelList Levels = new(["a", "b"]);

    [Theory]
    [InlineData("xgboost", "model.json")]
    [InlineData("xgboost", "model.ubj")]
    [InlineData("lightgbm", "model.txt")]
    [InlineData("catboost", "model.cbm")]
    [InlineData("catboost", "model.json")]
    [InlineData("onnx", "model.onnx")]
    [InlineData("", "gzip")]
    public void Changed_files_are_refused_or_score(string library, string file)
    {
        var files = FilesOf(library, file);
        var seconds = double.Parse(
            Environment.GetEnvironmentVariable("HALLEY_FUZZ_SECONDS") ?? "1",
            CultureInfo.InvariantCulture
        );
        var seed = ulong.Parse(Environment.GetEnvironmentVariable("HALLEY_FUZZ_SEED") ?? "1", CultureInfo.InvariantCulture);
        var (clock, refused, scored, first) = (Stopwatch.StartNew(), 0, 0, seed);
        for (; clock.Elapsed.TotalSeconds < seconds || seed < first + 20; seed++)
        {
            var changed = Change(files, new(seed));
            var (started, taken) = (clock.Elapsed, GC.GetAllocatedBytesForCurrentThread());
            try
            {
                ReadAndScore(changed);
                scored++;
            }
            catch (HalleyException error) when (error.Code.StartsWith("HLY222", StringComparison.Ordinal))
            {
                refused++;
            }
            catch (Exception error)
            {
                Assert.Fail($"{library} {file}, seed {seed}: {error}");
            }
            Assert.True(
                clock.Elapsed - started < LongestOfOneFile,
                $"{library} {file}, seed {seed} took {clock.Elapsed - started}"
            );
            var bytes = GC.GetAllocatedBytesForCurrentThread() - taken;
            Assert.True(bytes < MostBytesOfOneFile, $"{library} {file}, seed {seed} took {bytes} bytes for {changed.Length}");
        }
        output.WriteLine($"{library} {file}: seeds {first} to {seed - 1}, {refused} refused, {scored} scored");
        Assert.True(refused > 0);
    }

    static List<byte[]> FilesOf(string library, string file)
    {
        var root = SharedData.Path("oracles/models");
        var found =
            file == "gzip"
                ? Directory
                    .GetFiles(root, "*.gz", SearchOption.AllDirectories)
                    .Where(path => path.Contains("model.", StringComparison.Ordinal))
                : Directory.GetDirectories(root, library + "*").Select(folder => Path.Combine(folder, file)).Where(File.Exists);
        // Small files are changed where it matters, and often.
        var files = found.Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(bytes => bytes.Length < 400_000).ToList();
        if (file == "gzip")
            files.Add(Packed(File.ReadAllBytes(Path.Combine(root, "onnx-xgboost-poisson", "model.onnx"))));
        Assert.NotEmpty(files);
        return files;
    }

    static byte[] Packed(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var packed = new GZipStream(stream, CompressionLevel.Fastest))
            packed.Write(bytes);
        return stream.ToArray();
    }

    /// <summary>Bytes set, numbers enlarged, runs cut out, doubled or taken from elsewhere, the end cut off.</summary>
    static byte[] Change(List<byte[]> files, DeterministicRandom random)
    {
        var bytes = files[random.NextInt(files.Count)].ToList();
        // Structure stands at the start more often than in the middle of a long list.
        var reach = random.NextInt(3) == 0 ? Math.Min(bytes.Count, 600) : bytes.Count;
        for (var change = random.NextInt(4); change >= 0 && bytes.Count > 8; change--)
        {
            var at = random.NextInt(Math.Min(reach, bytes.Count - 1));
            var length = 1 + random.NextInt(Math.Min(64, bytes.Count - at));
            switch (random.NextInt(7))
            {
                case 0:
                    bytes[at] = (byte)random.NextInt(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.NextInt(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 4:
                    for (var i = at; i < Math.Min(at + 8, bytes.Count); i++)
                        bytes[i] = bytes[i] is >= (byte)'0' and <= (byte)'9' ? (byte)'9' : (byte)255;
                    break;
                case 5:
                    var other = files[random.NextInt(files.Count)];
                    bytes.InsertRange(at, other.AsSpan(random.NextInt(Math.Max(1, other.Length - 64))).ToArray().Take(length));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }
        return [.. bytes];
    }

    static void ReadAndScore(byte[] bytes)
    {
        var model = ForeignModelFile.Read(bytes);
        var ensemble = model.ToEnsemble(
            new()
            {
                Levels = model.Features.DistinctBy(feature => feature.Name).ToDictionary(feature => feature.Name, _ => Levels),
            }
        );
        var block = new SlotBlock(Math.Max(1, ensemble.Inputs.Count), 3);
        for (var input = 0; input < ensemble.Inputs.Count; input++)
            (block[input][0], block[input][1], block[input][2]) = (0, double.NaN, 1e9);
        ensemble.Score(block, [.. Enumerable.Range(0, ensemble.Inputs.Count)], new double[3]);
    }
}
