namespace Halley.Testing;

/// <summary>Sound files or messages, changed at random from a seed.</summary>
public static class FuzzedBytes
{
    /// <summary>First seed of a fuzz test: HALLEY_FUZZ_SEED, or 1.</summary>
    public static int FirstSeed { get; } = Count("HALLEY_FUZZ_SEED", 1);

    /// <summary>How many a fuzz test takes: a variable of the environment, or what a short run takes.</summary>
    public static int Count(string variable, int otherwise) =>
        int.TryParse(
            Environment.GetEnvironmentVariable(variable),
            System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture,
            out var count
        )
            ? count
            : otherwise;

    /// <summary>Bytes set or flipped, digits made nines, runs cut out, doubled or taken from another, the end cut off.</summary>
    public static byte[] Of(IReadOnlyList<byte[]> sound, Random random)
    {
        var bytes = sound[random.Next(sound.Count)].ToList();
        for (var change = random.Next(4); change >= 0 && bytes.Count > 2; change--)
        {
            var at = random.Next(bytes.Count - 1);
            var length = 1 + random.Next(Math.Min(64, bytes.Count - at));
            switch (random.Next(8))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 4:
                    for (var i = at; i < Math.Min(at + 8, bytes.Count); i++)
                        bytes[i] = bytes[i] is >= (byte)'0' and <= (byte)'9' ? (byte)'9' : bytes[i];
                    break;
                case 5:
                    var other = sound[random.Next(sound.Count)];
                    bytes.InsertRange(at, other.Skip(random.Next(other.Length)).Take(length));
                    break;
                case 6:
                    bytes[at] = "{}[]\",:-#&*\n \\"u8.ToArray()[random.Next(14)];
                    break;
                default:
                    if (random.Next(4) == 0)
                        bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }
        return [.. bytes];
    }
}
