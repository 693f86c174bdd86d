using Halley.Kernels;

namespace Halley.Glm;

/// <summary>Steps along which linear forms keep their values, or change them, at the least cost: V·L′(LVL′)⁻¹.</summary>
static class HeldForms
{
    /// <summary>Forms that follow from others leave less than this of their squared length.</summary>
    const double Tolerance = 1e-9;

    /// <summary>Takes from a step what it changes of the forms, in place.</summary>
    /// <param name="forms">Shape (m)(p).</param>
    /// <param name="images">V·form of each.</param>
    internal static void Keep(double[][] forms, double[][] images, double[] step)
    {
        var (back, _) = Change(forms, images, Array.ConvertAll(forms, form => -Reduce.Dot(form, step)));
        Reduce.AddScaled(1, back, step);
    }

    /// <summary>The step that changes the forms' values, and how many of them do not follow from others.</summary>
    internal static (double[] Step, int Rank) Change(double[][] forms, double[][] images, double[] change)
    {
        var m = forms.Length;
        var matrix = new double[m * m];
        for (var a = 0; a < m; a++)
        {
            for (var b = 0; b < m; b++)
                matrix[a * m + b] = Reduce.Dot(forms[a], images[b]);
        }
        var factor = PivotedCholesky.Factor(matrix, m, Tolerance);
        var weights = factor.Solve(change);
        var step = new double[m == 0 ? 0 : forms[0].Length];
        for (var a = 0; a < m; a++)
            Reduce.AddScaled(weights[a], images[a], step);
        return (step, factor.Dropped.Count(dropped => !dropped));
    }
}
