using Halley.Data;

namespace Halley.Models.Tests;

/// <summary>Artefacts, changed at random behind the hashes that would tell: each is refused in words or is a model whose check rows agree.</summary>
/// <remarks>HALLEY_FUZZ_FILES sets how many, HALLEY_FUZZ_SEED the first seed.</remarks>
public sealed class ArtefactFuzzTests
{
    const long MostBytesOfOneFile = 200L << 20;
    static readonly string[] Sections = ["header", "scorer", "checks"];

    [Fact]
    public void Changed_artefacts_are_refused_or_read()
    {
        byte[][] sound =
        [
            Artefact.ToBytes(ModelFitter.Fit(Specs.Boosting, Portfolio.Make(300))),
            Artefact.ToBytes(ModelFitter.Fit(Specs.Glm, Portfolio.Make(300))),
        ];
        var files = FuzzedBytes.Count("HALLEY_FUZZ_FILES", 2_000);
        var codes = new HashSet<string>();
        for (var seed = FuzzedBytes.FirstSeed; seed < FuzzedBytes.FirstSeed + files; seed++)
        {
            var changed = Changed(sound, new Random(seed));
            var taken = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Artefact.Read(changed);
            }
            catch (HalleyException refused)
            {
                codes.Add(refused.Code);
            }
            catch (Exception fault)
            {
                Assert.Fail($"seed {seed}: {fault}");
            }
            taken = GC.GetAllocatedBytesForCurrentThread() - taken;
            Assert.True(taken < MostBytesOfOneFile, $"seed {seed} took {taken} bytes for {changed.Length}");
        }
        // The doors behind the hashes are met, too.
        Assert.True(codes.Count >= 4, string.Join(", ", codes));
    }

    /// <summary>Mostly one section, with hashes that agree, as somebody who knows the format would write it.</summary>
    static byte[] Changed(byte[][] sound, Random random)
    {
        if (random.Next(5) == 0)
            return FuzzedBytes.Of(sound, random);
        var container = ArtefactContainer.Open(sound[random.Next(sound.Length)]);
        var target = Sections[random.Next(Sections.Length)];
        return ArtefactContainer.Compose([
            .. Sections.Select(name => new ArtefactSection(
                name,
                name == target ? FuzzedBytes.Of([container[name].ToArray()], random) : container[name]
            )),
        ]);
    }
}
