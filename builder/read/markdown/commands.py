"""The commands that formulas may hold: what the converter knows, and what is put in its words before."""

from __future__ import annotations

_COMMANDS = """
acute aleph alpha Alpha amalg angle approx approxeq arccos arcctg arceq arcsin arctan arctg argmax argmin ast
asymp atop awint backepsilon backprime backsim backsimeq backslash bar barwedge Bbb Bbbk bcancel because begin
Beta beta beth between bf big Big bigcap bigcirc bigcup bigcupdot bigg Bigg biggl Biggl Biggm biggm Biggr biggr
bigl Bigl Bigm bigm bigodot bigoplus bigotimes Bigr bigr bigsqcap bigsqcup bigstar bigtimes bigtriangledown
bigtriangleup biguplus bigvee bigwedge binom blacklozenge blacksquare blacktriangle blacktriangledown
blacktriangleleft blacktriangleright bm bmod bold boldsymbol bot bowtie Box boxdot boxed boxminus boxplus
boxtimes Bra bra brace brack braket breve bullet bumpeq Bumpeq c cal cancel cap Cap cdot cdotp cdots cfrac ch
check checkmark chi Chi choose circ circeq circlearrowleft circlearrowright circledast circledcirc circleddash
circledR circledS cirfnint clubsuit cnums colon coloneq Coloneq Coloneqq coloneqq color complement Complex cong
coprod cos cosec cosh cot cotg coth csc ctg cth cup Cup curlyeqprec curlyeqsucc curlyvee curlywedge
curvearrowleft curvearrowright dagger daleth dashcolon dashleftarrow dashrightarrow dashv dbinom ddagger ddddot
dddot ddot ddots DeclareMathOperator def deg degree delta Delta det dfrac diagdown diagup Diamond diamond
diamondsuit digamma dim displaystyle div divideontimes dot Doteq doteq doteqdot dotplus dots dotsb dotsc dotsi
dotsm dotsminusdots doublebarwedge Downarrow downarrow downdownarrows downharpoonleft downharpoonright ell emph
emptyset end enspace epsilon eqcirc eqcolon eqdef eqqcolon eqref eqsim eqslantgtr eqslantless equiv erf eta Eta
eth exists exp fallingdotseq fbox fcmp fint Finv flat forall frac frak frown Game gamma Gamma gcd ge genfrac geq
geqq geqslant gets gg ggg gggtr gimel gnapprox gneq gneqq gnsim grave gt gtrapprox gtrdot gtreqless gtreqqless
gtrless gtrsim gvertneqq H hat hbar hdashline heartsuit hline hom hookleftarrow hookrightarrow hphantom hskip
hslash hspace i iddots idotsint iff iiiint iiint iint Im imageof imath impliedby implies in inf infty injlim int
intbar intBar intclockwise intercal iota it j jmath Join kappa ker kern kernelcontraction ket Ket L l label
Lambda lambda land lang langle lAngle lBrace lbrace lbrack lceil ldotp ldots le leadsto left Leftarrow leftarrow
leftarrowtail leftharpoondown leftharpoonup leftleftarrows leftrightarrow Leftrightarrow leftrightarrows
leftrightharpoons leftrightsquigarrow leftthreetimes leq leqq leqslant lessapprox lessdot lesseqgtr lesseqqgtr
lessgtr lesssim lfloor lg lgroup lhd lightning lim liminf limits limsup ll llangle llbracket llcorner Lleftarrow
lll llless llparenthesis lmoustache ln lnapprox lneq lneqq lnot lnsim log longleftarrow Longleftarrow
Longleftrightarrow longleftrightarrow longmapsto Longrightarrow longrightarrow looparrowleft looparrowright lor
lozenge lparen lrcorner Lsh lt ltimes lvert lVert lvertneqq maltese mapsto mathbb mathbbm mathbf mathbin mathcal
mathchoice mathclose mathds mathfrak mathinner mathit mathop mathopen mathord mathpunct mathrel mathring mathrm
mathscr mathsf mathsterling mathstrut mathtt max mbox measeq measuredangle medspace mho mid middle min mkern mod
models mp mskip mspace mu multimap N nabla natnums natural ncong ne nearrow neg negmedspace negthickspace
negthinspace neq nequiv newcommand nexists ngeq ngeqq ngeqslant ngtr ngtrless ngtrsim ni nicefrac nLeftarrow
nleftarrow nLeftrightarrow nleftrightarrow nleq nleqslant nless nlesssim nmid nobreakspace nolimits nonumber not
notag notin notni nparallel nprec npreceq nRightarrow nrightarrow nsim nsubset nsubseteq nsubseteqq nsucc
nsucceq nsupset nsupseteq ntriangleleft ntrianglelefteq ntriangleright ntrianglerighteq nu nvdash nvDash nVDash
nVdash nwarrow O o odot oiiint oiint oint ointctrclockwise omega Omega omicron ominus operatorname
operatornamewithlimits oplus origof oslash otimes over overbrace overbracket overgroup overleftarrow
overleftrightarrow overline overparen overrightarrow overset owns P parallel partial perp phantom Phi phi Pi pi
pitchfork plim pm pmb pmod pod pounds Pr prec precapprox preccurlyeq preceq precnapprox precneqq precnsim
precsim prime prod projlim propto Psi psi qquad quad questeq R r raisebox rang rangle rAngle rBrace rbrace
rbrack rceil Re real Reals reals restriction rfloor rgroup rhd rho Rho right Rightarrow rightarrow
rightarrowtail rightharpoondown rightharpoonup rightleftarrows rightleftharpoons rightrightarrows
rightsquigarrow rightthreetimes risingdotseq rm rmoustache rparen rrangle rrbracket Rrightarrow rrparenthesis
Rsh rtimes rvert rVert S scriptscriptstyle scriptstyle searrow sec set setminus sf sh sharp shoveleft shoveright
sideset sigma Sigma sim simeq sin sinh smile sout space spadesuit sphericalangle sqcap sqcup sqrt sqsubset
sqsubseteq sqsupset sqsupseteq square stackrel star stareq subset Subset subseteq subseteqq subsetneq subsetneqq
substack succ succapprox succcurlyeq succeq succnapprox succneqq succnsim succsim sum sumint sup supset Supset
supseteq supseteqq supsetneq supsetneqq surd swarrow tag tan tanh tau tbinom text textbf textcolor textit
textnormal textrm textsf textstyle texttt tfrac tg th therefore theta Theta thickspace thinspace tilde times to
top triangle triangledown triangleleft trianglelefteq triangleq triangleright trianglerighteq tt
twoheadleftarrow twoheadrightarrow u ulcorner underbar underbrace underbracket undergroup underleftarrow
underleftrightarrow underline underparen underrightarrow underset unlhd unrhd uparrow Uparrow Updownarrow
updownarrow upharpoonleft upharpoonright uplus Upsilon upsilon upuparrows urcorner v varDelta varepsilon
varGamma varkappa varLambda varnothing varointclockwise varOmega varphi varPhi varpi varPi varPsi varrho
varsigma varSigma varsubsetneq varsubsetneqq varsupsetneq varsupsetneqq vartheta varTheta vartriangle
vartriangleleft vartriangleright varUpsilon varXi vdash vDash Vdash VDash vdots vec vee veebar veeeq Vert vert
vertoverlay vphantom Vvdash wedge wedgeq widehat widetilde wp wr xcancel xhookleftarrow xhookrightarrow Xi xi
xLeftarrow xleftarrow xleftharpoondown xleftharpoonup xLeftrightarrow xleftrightarrow xmapsto xrightarrow xRightarrow
xrightharpoondown xrightharpoonup yen Z zeta
"""
_ENVIRONMENTS = """
align align* aligned alignat alignat* alignedat array bmatrix Bmatrix cases dcases eqnarray eqnarray* equation
equation* gather gather* gathered matrix multline multline* pmatrix rcases smallmatrix split subarray vmatrix Vmatrix
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
