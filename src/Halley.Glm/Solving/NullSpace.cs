using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Directions in which given linear forms stay the same.</summary>
static class NullSpace
{
    /// <summary>A remainder below this part of a form's length is rounding: earlier forms imply it.</summary>
    const double Tolerance = 1e-9;

    /// <summary>An orthonormal basis of {d : forms·d = 0}, and the number of independent forms.</summary>
    /// <remarks>Householder reflections bring the forms, one by one, to the first axes; the rest of the axes, brought back, is the answer.</remarks>
    /// <param name="forms">Linear forms, one a row, shape (m)(p).</param>
    internal static (double[][] Directions, int Rank) Of(IReadOnlyList<double[]> forms, int p)
    {
        var reflections = new List<double[]>();
        foreach (var form in forms)
        {
            var left = (double[])form.Clone();
            foreach (var reflection in reflections)
                Reflect(reflection, left);
            var rank = reflections.Count;
            var tail = left.AsSpan(rank);
            var length = Math.Sqrt(Reduce.Dot(tail, tail));
            if (rank == p || !(length > Tolerance * Math.Sqrt(Reduce.Dot(form, form))))
                continue;
            var normal = new double[p];
            tail.CopyTo(normal.AsSpan(rank));
            normal[rank] += Math.CopySign(length, normal[rank]);
            var scale = 1 / Math.Sqrt(Reduce.Dot(normal, normal));
            foreach (ref var entry in normal.AsSpan())
                entry *= scale;
            reflections.Add(normal);
        }
        var directions = new double[p - reflections.Count][];
        for (var d = 0; d < directions.Length; d++)
        {
            directions[d] = new double[p];
            directions[d][reflections.Count + d] = 1;
            for (var r = reflections.Count - 1; r >= 0; r--)
                Reflect(reflections[r], directions[d]);
        }
        return (directions, reflections.Count);
    }

    static void Reflect(double[] normal, double[] vector) => Reduce.AddScaled(-2 * Reduce.Dot(normal, vector), normal, vector);
}
