"""The commands that formulas may hold: what the converter knows, and what is put in its words before."""

from __future__ import annotations

_COMMANDS = """
acute aleph allowbreak alpha Alpha amalg angle approx approxeq arccos arcctg arceq arcsin arctan arctg argmax
argmin ast asymp atop awint backepsilon backprime backsim backsimeq backslash bar barwedge Bbb Bbbk bcancel
because begin Beta beta beth between bf big Big bigcap bigcirc bigcup bigcupdot bigg Bigg biggl Biggl Biggm
biggm Biggr biggr bigl Bigl Bigm bigm bigodot bigoplus bigotimes Bigr bigr bigsqcap bigsqcup bigstar bigtimes
bigtriangledown bigtriangleup biguplus bigvee bigwedge binom blacklozenge blacksquare blacktriangle
blacktriangledown blacktriangleleft blacktriangleright bm bmod bold boldsymbol bot bowtie Box boxdot boxed
boxminus boxplus boxtimes Bra bra brace brack braket breve bullet bumpeq Bumpeq c cal cancel cap Cap cdot cdotp
cdots cfrac ch check checkmark chi Chi choose circ circeq circlearrowleft circlearrowright circledast
circledcirc circleddash circledR circledS cirfnint clubsuit cnums colon coloneq Coloneq Coloneqq coloneqq color
complement Complex cong coprod cos cosec cosh cot cotg coth csc ctg cth cup Cup curlyeqprec curlyeqsucc curlyvee
curlywedge curvearrowleft curvearrowright dagger daleth dashcolon dashleftarrow dashrightarrow dashv dbinom
ddagger ddddot dddot ddot ddots DeclareMathOperator DeclarePairedDelimiter def deg degree delta Delta det dfrac
diagdown diagup Diamond diamond diamondsuit digamma dim displaystyle div divideontimes dot Doteq doteq doteqdot
dotplus dots dotsb dotsc dotsi dotsm dotsminusdots doublebarwedge Downarrow downarrow downdownarrows
downharpoonleft downharpoonright ell emph emptyset end enskip enspace ensuremath epsilon eqcirc eqcolon eqdef
eqqcolon eqref eqsim eqslantgtr eqslantless equiv erf eta Eta eth exists exp fallingdotseq fbox fcmp fint Finv
flat forall frac frak frown Game gamma Gamma gcd ge genfrac geq geqq geqslant gets gg ggg gggtr gimel gnapprox
gneq gneqq gnsim grave gt gtrapprox gtrdot gtreqless gtreqqless gtrless gtrsim gvertneqq H hat hbar hbox
hdashline heartsuit hline hom hookleftarrow hookrightarrow hphantom hskip hslash hspace i iddots idotsint iff
iiiint iiint iint Im imageof imath impliedby implies in inf infty injlim int intbar intBar intclockwise intercal
intop iota it j jmath Join kappa ker kern kernelcontraction ket Ket L l label Lambda lambda land lang langle
lAngle lBrace lbrace lbrack lceil ldotp ldots le leadsto left Leftarrow leftarrow leftarrowtail leftharpoondown
leftharpoonup leftleftarrows leftrightarrow Leftrightarrow leftrightarrows leftrightharpoons leftrightsquigarrow
leftthreetimes leq leqq leqslant lessapprox lessdot lesseqgtr lesseqqgtr lessgtr lesssim lfloor lg lgroup lhd
lightning lim liminf limits limsup ll llangle llbracket llcorner Lleftarrow lll llless llparenthesis lmoustache
ln lnapprox lneq lneqq lnot lnsim log longleftarrow Longleftarrow Longleftrightarrow longleftrightarrow
longmapsto Longrightarrow longrightarrow looparrowleft looparrowright lor lozenge lparen lrcorner Lsh lt ltimes
lvert lVert lvertneqq maltese mapsto mathbb mathbbm mathbf mathbin mathcal mathchoice mathclap mathclose mathds
mathfrak mathinner mathit mathnormal mathop mathopen mathord mathpunct mathrel mathring mathrm mathscr mathsf
mathsterling mathstrut mathtt max mbox measeq measuredangle medspace mho mid middle min mkern mod models mp
mskip mspace mu multimap N nabla natnums natural ncong ne nearrow neg negmedspace negthickspace negthinspace neq
nequiv newcommand nexists ngeq ngeqq ngeqslant ngtr ngtrless ngtrsim ni nicefrac nLeftarrow nleftarrow
nLeftrightarrow nleftrightarrow nleq nleqslant nless nlesssim nmid nobreakspace nolimits nonumber not notag
notin notni nparallel nprec npreceq nRightarrow nrightarrow nsim nsubset nsubseteq nsubseteqq nsucc nsucceq
nsupset nsupseteq ntriangleleft ntrianglelefteq ntriangleright ntrianglerighteq nu nvdash nvDash nVDash nVdash
nwarrow O o odot oiiint oiint oint ointctrclockwise omega Omega omicron ominus operatorname
operatornamewithlimits oplus origof oslash otimes over overbrace overbracket overgroup overleftarrow
overleftrightarrow overline overparen overrightarrow overset overunderset owns P parallel partial perp phantom
Phi phi Pi pi pitchfork plim pm pmb pmod pod pounds Pr prec precapprox preccurlyeq preceq precnapprox precneqq
precnsim precsim prime prod projlim propto Psi psi qquad quad questeq R r raisebox rang rangle rAngle rBrace
rbrace rbrack rceil Re real Reals reals restriction rfloor rgroup rhd rho Rho right Rightarrow rightarrow
rightarrowtail rightharpoondown rightharpoonup rightleftarrows rightleftharpoons rightrightarrows
rightsquigarrow rightthreetimes risingdotseq rm rmoustache rparen rrangle rrbracket Rrightarrow rrparenthesis
Rsh rtimes rvert rVert S scriptscriptstyle scriptstyle searrow sec set setminus sf sfrac sh sharp shoveleft
shoveright sideset sigma Sigma sim simeq sin sinh smash smile sout space spadesuit sphericalangle sqcap sqcup
sqrt sqsubset sqsubseteq sqsupset sqsupseteq square stackbin stackrel star stareq strut subset Subset subseteq
subseteqq subsetneq subsetneqq substack succ succapprox succcurlyeq succeq succnapprox succneqq succnsim succsim
sum sumint sup supset Supset supseteq supseteqq supsetneq supsetneqq surd swarrow symbf tag tan tanh tau tbinom
text textbf textcolor textit textnormal textrm textsf textstyle texttt textup tfrac tg th therefore theta Theta
thickspace thinspace tilde times to top triangle triangledown triangleleft trianglelefteq triangleq
triangleright trianglerighteq tt twoheadleftarrow twoheadrightarrow u ulcorner underbar underbrace underbracket
undergroup underleftarrow underleftrightarrow underline underoverset underparen underrightarrow underset unlhd
unrhd uparrow Uparrow Updownarrow updownarrow upharpoonleft upharpoonright uplus Upsilon upsilon upuparrows
urcorner v varDelta varepsilon varGamma varkappa varLambda varliminf varlimsup varnothing varointclockwise
varOmega varphi varPhi varpi varPi varPsi varrho varsigma varSigma varsubsetneq varsubsetneqq varsupsetneq
varsupsetneqq vartheta varTheta vartriangle vartriangleleft vartriangleright varUpsilon varXi vdash vDash Vdash
VDash vdots vec vee veebar veeeq Vert vert vertoverlay vphantom Vvdash wedge wedgeq widehat widetilde wp wr
xcancel xhookleftarrow xhookrightarrow Xi xi xLeftarrow xleftarrow xleftharpoondown xleftharpoonup
xLeftrightarrow xleftrightarrow xmapsto xrightarrow xRightarrow xrightharpoondown xrightharpoonup  yen Z
zeta
"""
_ENVIRONMENTS = """
align align* alignat alignat* aligned alignedat array Bmatrix Bmatrix* bmatrix bmatrix* Bsmallmatrix
bsmallmatrix cases cases* dcases dcases* displaymath dmath drcases eqnarray eqnarray* equation equation* flalign
flalign* gather gather* gathered IEEEeqnarray IEEEeqnarray* math matrix matrix* multline multline* multlined
pmatrix pmatrix* psmallmatrix rcases smallmatrix split subarray subequations Vmatrix Vmatrix* vmatrix vmatrix*
Vsmallmatrix vsmallmatrix
"""

COMMANDS: tuple[str, ...] = tuple(_COMMANDS.split())
"""Names without their backslashes: what may have been meant is looked up among them."""

ENVIRONMENTS: tuple[str, ...] = tuple(_ENVIRONMENTS.split())

SHORT: dict[str, str] = {
    "xlongequal": "=",
    "xtofrom": r"\rightleftarrows",
    "xrightleftharpoons": r"\rightleftharpoons",
    "xleftrightharpoons": r"\leftrightharpoons",
    "xtwoheadrightarrow": r"\twoheadrightarrow",
    "xtwoheadleftarrow": r"\twoheadleftarrow",
}
"""Commands of signs that should grow with what stands over them and that the font cannot lengthen, with what can be."""

HINTS: dict[str, str] = {
    **dict.fromkeys(("abs", "card"), r"write \lvert x \rvert"),
    "norm": r"write \lVert x \rVert",
    **dict.fromkeys(("inner", "innerprod", "ip", "ev", "expval"), r"write \langle x, y \rangle"),
    **dict.fromkeys(("dd", "diff"), r"write \mathrm{d}x"),
    **dict.fromkeys(("dv", "odv"), r"write \frac{\mathrm{d}f}{\mathrm{d}x}"),
    **dict.fromkeys(("pdv", "pd"), r"write \frac{\partial f}{\partial x}"),
    "qty": r"write \left( … \right), and a quantity as 3\,\mathrm{m}",
    **dict.fromkeys(("SI", "si", "num", "unit", "ang"), r"write 3\,\mathrm{m}"),
    **dict.fromkeys(("ce", "pu"), r"write \mathrm{H_2O}"),
    **dict.fromkeys(("indep", "independent", "Perp"), r"write \perp\!\!\!\perp"),
    **dict.fromkeys(("colorbox", "fcolorbox", "bbox", "framebox", "highlight"), r"write \boxed{x}"),
    **dict.fromkeys(("mathcolor", "definecolor"), r"write \textcolor{red}{x}"),
    **dict.fromkeys(("intertext", "shortintertext"), "write it as text between two formulas"),
    **dict.fromkeys(("href", "url", "hyperref"), "a link stands in the text, [words](address)"),
    **dict.fromkeys(("footnote", "footnotemark", "thanks"), "a footnote stands in the text, ^[words]"),
    **dict.fromkeys(("cite", "citep", "citet"), "a citation stands in the text, [@key]"),
    **dict.fromkeys(("require", "usepackage", "class", "cssId", "style"), "leave it out"),
    **dict.fromkeys(("cr",), r"write \\"),
    "matrix": r"write \begin{matrix} … \end{matrix}",
    "pmatrix": r"write \begin{pmatrix} … \end{pmatrix}",
    "cases": r"write \begin{cases} … \end{cases}",
    "cline": r"write \hline",
    **dict.fromkeys(("mathrlap", "mathllap", "rlap", "llap", "clap"), "nothing lies over anything here; leave it out"),
    **{name: rf"write \operatorname{{{name}}}" for name in (
        "tr", "Tr", "rank", "diag", "sgn", "sign", "var", "Var", "Cov", "KL", "relu", "softmax", "vol", "dom", "prox",
    )},
    **dict.fromkeys(("E", "EE", "Expect"), r"write \mathbb{E}"),
    **{letter * count: rf"write \mathbb{{{letter}}}" for letter in "RCQZNP" for count in (1, 2)},
    **dict.fromkeys(("ind", "indicator"), r"write \mathbb{1}"),
}  # fmt: skip
HINTS = {name: hint for name, hint in HINTS.items() if name not in COMMANDS}
"""Commands of packages, which articles lack, and what is written here in their place."""
