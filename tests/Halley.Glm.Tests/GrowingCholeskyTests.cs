using CsCheck;
using Halley.Kernels;

namespace Halley.Glm.Tests;

public class GrowingCholeskyTests
{
    /// <summary>Rows added and removed in any order: solutions stay those of the rows that are there.</summary>
    [Fact]
    public void Rows_come_and_go_and_equations_stay_solved() =>
        Gen.Select(Gen.Int[1, 60], Gen.ULong)
            .Sample(
                (count, seed) =>
                {
                    var random = new DeterministicRandom(seed);
                    var gram = Gram(random, count, count + 10);
                    var (factor, there) = (new GrowingCholesky(), new List<int>());
                    for (var move = 0; move < 3 * count; move++)
                    {
                        if (there.Count > 0 && random.NextInt(3) == 0)
                        {
                            var place = random.NextInt(there.Count);
                            factor.RemoveAt(place);
                            there.RemoveAt(place);
                        }
                        else if (Enumerable.Range(0, count).Except(there).ToArray() is { Length: > 0 } others)
                        {
                            var row = others[random.NextInt(others.Length)];
                            Assert.True(factor.TryAdd([.. there.Select(k => gram[row * count + k])], gram[row * count + row]));
                            there.Add(row);
                        }
                    }
                    Assert.Equal(there.Count, factor.Count);
                    double[] wanted = [.. there.Select(_ => random.NextNormal())];
                    double[] solved = [.. there.Select(i => there.Select((k, at) => gram[i * count + k] * wanted[at]).Sum())];
                    factor.Solve(solved);
                    for (var i = 0; i < wanted.Length; i++)
                        Assert.Equal(wanted[i], solved[i], 1e-6);
                },
                iter: 100
            );

    [Fact]
    public void A_row_that_others_explain_is_refused_and_changes_nothing()
    {
        var factor = new GrowingCholesky();
        Assert.True(factor.TryAdd([], 4));
        Assert.True(factor.TryAdd([1.0], 2));
        // The sum of both.
        Assert.False(factor.TryAdd([5.0, 3.0], 8));
        Assert.Equal(2, factor.Count);
        double[] solved = [4 + 2.0, 1 + 4.0];
        factor.Solve(solved);
        Assert.Equal([1.0, 2.0], solved.Select(value => Math.Round(value, 12)));
    }

    static double[] Gram(DeterministicRandom random, int count, int rows)
    {
        double[][] columns =
        [
            .. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, rows).Select(_ => random.NextNormal()).ToArray()),
        ];
        return [.. columns.SelectMany(one => columns.Select(other => Reduce.Dot(one, other)))];
    }
}
