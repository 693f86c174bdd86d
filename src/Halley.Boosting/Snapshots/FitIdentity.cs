using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Halley.Data;
using Halley.Kernels;

namespace Halley.Boosting;

/// <summary>A hash of all that decides a run: options but for rounds and patience, bins, targets, weights, offsets.</summary>
static class FitIdentity
{
    internal static byte[] Of(BoostingOptions options, string loss, PreparedSet prepared)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{loss}\n{TextOf(options)}"));
        Append(hash, prepared.Start);
        Add(hash, prepared.Learn);
        if (prepared.Validation is { } validation)
            Add(hash, validation);
        return hash.GetHashAndReset();
    }

    /// <summary>Every option by name and value, in a fixed order and culture.</summary>
    internal static string TextOf(BoostingOptions options)
    {
        // A longer fit goes on from a shorter one.
        var o = options with
        {
            Rounds = 1,
            Patience = 1,
        };
        var culture = CultureInfo.CurrentCulture;
        try
        {
            // A record's text takes the culture of its thread.
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            return string.Join(
                '\n',
                o,
                Pairs(o.Monotone.Select(pair => (pair.Key, (double)pair.Value))),
                Pairs(o.DrawWeights.Select(pair => (pair.Key, pair.Value))),
                Pairs(o.GainWeights.Select(pair => (pair.Key, pair.Value))),
                Lists(o.Interactions),
                Lists(o.Statistics.Combinations),
                string.Join(',', o.Statistics.Kinds),
                string.Join(',', o.Statistics.Priors.Select(prior => prior.ToString("R", CultureInfo.InvariantCulture)))
            );
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    static string Pairs(IEnumerable<(string Name, double Value)> pairs) =>
        string.Join(
            ',',
            pairs
                .OrderBy(pair => pair.Name, StringComparer.Ordinal)
                .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Name.Length}:{pair.Name}={pair.Value:R}"))
        );

    static string Lists(IEnumerable<IReadOnlyList<string>> lists) =>
        string.Join(';', lists.Select(list => string.Join(',', list.Select(name => $"{name.Length}:{name}"))));

    static void Add(IncrementalHash hash, PreparedRows rows)
    {
        hash.AppendData(rows.Table.Narrow);
        for (var column = 0; column < rows.Table.Columns.Length - rows.Table.NarrowCount; column++)
            hash.AppendData(MemoryMarshal.AsBytes(rows.Table.Wide(column)));
        foreach (var bins in rows.Table.Features)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{bins.Input.Name}\n"));
            for (var bin = 0; bins is NumberBins numbers && bin < numbers.ValueBins; bin++)
                Append(hash, numbers.UpperBound(bin));
        }
        Add(hash, rows.Vectors.Target);
        Add(hash, rows.Vectors.Weight);
        Add(hash, rows.Vectors.Offset);
    }

    static void Add(IncrementalHash hash, RowValues values)
    {
        for (var block = 0; block < RowBlocks.CountOf(values.Count); block++)
            hash.AppendData(MemoryMarshal.AsBytes(values.Of(RowBlocks.At(block, values.Count))));
    }

    static void Append(IncrementalHash hash, double value) =>
        hash.AppendData(MemoryMarshal.AsBytes<double>(new[] { value }.AsSpan()));
}
